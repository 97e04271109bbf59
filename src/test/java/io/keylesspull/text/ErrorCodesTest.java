package io.keylesspull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ChoiceFormat;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each error has a code that is its alone, and {@code assets/errors.md} explains each of them. */
class ErrorCodesTest {

    private static final Path CODES =
            Path.of("src", "main", "resources", "io", "keylesspull", "text", "error-codes.properties");
    private static final Path EXPLAINED = Path.of("assets", "errors.md");

    @ParameterizedTest
    @ValueSource(strings = {"app", "azure", "engine", "network", "setup", "ui"})
    void eachErrorHasACode(String room) {
        assertThat(messages(room).keySet().stream().filter(key -> key.endsWith(".remedy")))
                .allSatisfy(remedy -> assertThat(ErrorCode.of(Text.of(room + "." + remedy)))
                        .as("give it the next number of its room in " + CODES)
                        .isPresent());
    }

    @Test
    void noTwoErrorsHaveTheSameCode() throws IOException {
        List<String> lines = lines();
        assertThat(lines.stream().map(line -> line.substring(0, line.indexOf('='))))
                .doesNotHaveDuplicates();
        assertThat(lines.stream()
                        .map(line -> line.substring(line.indexOf('=') + 1))
                        .filter(name -> !name.isEmpty()))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(messages(name.substring(0, name.indexOf('.'))))
                        .as("an error that is no more keeps its line, with nothing behind the “=”")
                        .containsKey(name.substring(name.indexOf('.') + 1) + ".remedy"));
    }

    @Test
    void theCodeIsThatOfTheRemedyThatAnotherOnlyAddsTo() {
        Text stopped = Text.of("setup.machineStopped.remedy", "vm", "g", "vm1", "s1");

        assertThat(ErrorCode.of(Text.of("setup.remedyWithHosts", stopped, "a.example")))
                .isEqualTo(ErrorCode.of(stopped))
                .isPresent();
    }

    @Test
    void aRemedyOfAnEarlierVersionHasNone() {
        assertThat(ErrorCode.of(Text.of("setup.noMore.remedy"))).isEmpty();
    }

    /** If it fails: look at {@code target/errors.md}, and copy it to {@code assets}. */
    @Test
    void eachCodeIsExplained() throws IOException {
        String explained = explained();
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "errors.md"), explained);
        assertThat(Files.readString(EXPLAINED)).isEqualTo(explained);
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(CODES).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static String explained() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Error codes

                What each code of Keyless Pull means, and what to do. “…” stands for a name, a number or a word that the
                program shows in its place. The codes stay the same in each language and each version.
                """);
        for (Map.Entry<Integer, String> error : byNumber().entrySet()) {
            String room = error.getValue().substring(0, error.getValue().indexOf('.'));
            String name = error.getValue().substring(room.length() + 1);
            Map<String, String> messages = messages(room);
            List<String> words = Stream.of("what", "meaning", "remedy")
                    .map(part -> messages.get(name + "." + part))
                    .filter(Objects::nonNull)
                    .map(ErrorCodesTest::withoutValues)
                    .toList();
            page.append("\n## KP-")
                    .append(error.getKey())
                    .append("\n\n**")
                    .append(words.get(0))
                    .append("**\n");
            words.stream()
                    .skip(1)
                    .forEach(sentence -> page.append('\n').append(sentence).append('\n'));
        }
        return page.toString();
    }

    private static Map<Integer, String> byNumber() throws IOException {
        return lines().stream()
                .map(line -> line.split("=", 2))
                .filter(pair -> !pair[1].isEmpty())
                .collect(Collectors.toMap(
                        pair -> Integer.valueOf(pair[0]), pair -> pair[1], (one, two) -> one, TreeMap::new));
    }

    private static String withoutValues(String pattern) {
        MessageFormat format = new MessageFormat(pattern, Locale.ENGLISH);
        Object[] values = Stream.of(format.getFormatsByArgumentIndex())
                .map(each -> each instanceof ChoiceFormat || each instanceof NumberFormat ? (Object) 2 : "…")
                .toArray();
        return format.format(values).strip().replaceAll("[<>*_`\\\\]", "\\\\$0");
    }

    private static Map<String, String> messages(String room) {
        ResourceBundle bundle = ResourceBundle.getBundle("io.keylesspull." + room + ".messages", Locale.ROOT);
        return bundle.keySet().stream().collect(Collectors.toMap(Function.identity(), bundle::getString));
    }
}
