package io.keylesspull.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each room's words are there in both languages, with the same places to fill. */
class BundlesTest {

    /** A number that only chooses between singular and plural need not be said in a language that has no plural. */
    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)(?!,choice)");

    private static final Pattern NAMED = Pattern.compile(
            "(?:render|Text\\.of|(?<error>Failure\\.of))\\(\\s*" + "\"(?<room>\\w+)\\.(?<key>[\\w.-]+)\"\\s*[,)]");

    @ParameterizedTest
    @ValueSource(strings = {"app", "azure", "engine", "network", "remote", "setup", "ui"})
    void bothLanguagesSayTheSameThings(String room) throws IOException {
        Properties english = load(room, "");
        Properties japanese = load(room, "_ja");

        assertThat(japanese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(places(japanese.getProperty(key)))
                    .as(room + "." + key + " in Japanese")
                    .isEqualTo(places(english.getProperty(key)));
            for (Properties language : List.of(english, japanese)) {
                assertThatCode(() -> new MessageFormat(language.getProperty(key), Locale.ROOT))
                        .as(room + "." + key)
                        .doesNotThrowAnyException();
                assertThat(language.getProperty(key).replace("''", ""))
                        .as(room + "." + key)
                        .doesNotContain("'");
            }
        }
    }

    /** A text that the code names in full, such as {@code render("ui.copy")}, or an error by its first part. */
    @Test
    void eachTextThatTheCodeNamesIsThere() throws IOException {
        Map<String, Properties> rooms = new HashMap<>();
        int seen = 0;
        for (Path file : sources()) {
            Matcher named = NAMED.matcher(Files.readString(file));
            while (named.find()) {
                seen++;
                String room = named.group("room");
                if (!rooms.containsKey(room)) {
                    rooms.put(room, load(room, ""));
                }
                String key = named.group("key") + (named.group("error") == null ? "" : ".what");
                assertThat(rooms.get(room).stringPropertyNames())
                        .as(file.getFileName() + ": " + room + "." + key)
                        .contains(key);
            }
        }
        assertThat(seen).isGreaterThan(1_000);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<String> places(String pattern) {
        List<String> places = new ArrayList<>(PLACE.matcher(pattern)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList());
        places.sort(null);
        return places;
    }

    private static Properties load(String room, String language) throws IOException {
        String name = "/io/keylesspull/" + room + "/messages" + language + ".properties";
        try (Reader reader =
                new InputStreamReader(BundlesTest.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        }
    }
}
