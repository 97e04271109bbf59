package io.keylesspull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessKeysTest {

    /** Controls of JavaFX that take an underscore for a mark by default. */
    private static final Pattern PARSING = Pattern.compile("new (?:Button|CheckBox|RadioButton|Hyperlink|ToggleButton"
            + "|MenuItem|MenuButton|TitledPane)\\(\\s*(?!\\)|null|texts\\.marked|\"\\?\")");

    @ParameterizedTest
    @CsvSource({
        "Next, N, _Next",
        "Show log, L, Show _log",
        "Try again, Y, Tr_y again",
        "次へ, N, 次へ(_N)",
        "元に戻す…, U, 元に戻す(_U)…",
        "SSH キー:, E, SSH キー(_E):",
        "Set up, J, Set up (_J)",
        "MC_my_group, M, MC__my__group"
    })
    void aLetterIsMarkedOrAddedAndWordsKeepTheirUnderscores(String words, String letter, String marked) {
        assertThat(AccessKeys.marked(words, Optional.of(letter))).isEqualTo(marked);
        assertThat(AccessKeys.plain(marked)).isEqualTo(words);
    }

    @Test
    void eachLetterBelongsToATextAndIsOne() {
        Texts texts = new Texts(Locale.ENGLISH);

        assertThat(Texts.keys("ui")).containsAll(AccessKeys.keys("ui"));
        assertThat(AccessKeys.keys("ui"))
                .allSatisfy(key ->
                        assertThat(AccessKeys.of("ui." + key)).get().asString().matches("[A-Z0-9]"));
        assertThat(texts.marked("ui.runs.undo")).isEqualTo("_Undo…");
        assertThat(texts.marked("ui.copied")).as("has no letter").isEqualTo("Copied");
    }

    /** Names from outside may have underscores, which such a control would swallow. */
    @Test
    void whatDoesNotMarkItsWordsDoesNotParseThem() throws IOException {
        List<String> swallowing = new ArrayList<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            Matcher made = PARSING.matcher(source);
            while (made.find()) {
                if (!source.contains(".setMnemonicParsing(false)")) {
                    swallowing.add(file.getFileName() + ": " + made.group());
                }
            }
        }
        assertThat(swallowing).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
