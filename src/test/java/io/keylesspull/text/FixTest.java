package io.keylesspull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each remedy has a command, or a reason why there is none. */
class FixTest {

    @ParameterizedTest
    @ValueSource(strings = {"app", "azure", "engine", "network", "setup", "ui"})
    void eachRemedyHasACommandOrAReasonWhyNot(String room) throws IOException {
        Properties fixes = load(room, "commands");
        List<String> remedies = load(room, "messages").stringPropertyNames().stream()
                .filter(key -> key.endsWith(".remedy") || key.startsWith("remedy"))
                .toList();

        assertThat(fixes.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(remedies);
        for (String remedy : remedies) {
            Object[] some = {"a", "b", "c", "d", "e", "f", "g"};
            assertThat(Fix.of(Text.of(room + "." + remedy, some))).as(remedy).isPresent();
            assertThat(fixes.getProperty(remedy))
                    .as(remedy)
                    .doesNotStartWith("?")
                    .isNotBlank();
        }
    }

    /** What the code says of each remedy that it names in full, so that no command lacks a value. */
    @Test
    void eachCommandGetsItsValues() throws IOException {
        Pattern failure = Pattern.compile("(?<![A-Za-z.])(?:Failure\\.)?of\\(\\s*\"setup\\.([A-Za-z.]+)\",");
        Properties fixes = load("setup", "commands");
        int seen = 0;
        for (Path file : sources()) {
            String source = Files.readString(file);
            Matcher call = failure.matcher(source);
            while (call.find()) {
                String entry = fixes.getProperty(call.group(1) + ".remedy");
                if (entry != null && !entry.startsWith("none:")) {
                    seen++;
                    // The first is the details.
                    assertThat(arguments(source, call.end()) - 1)
                            .as(file.getFileName() + ": " + call.group(1))
                            .isGreaterThan(highestPlace(entry));
                }
            }
        }
        assertThat(seen).isGreaterThan(40);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java", "io", "keylesspull", "setup"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static int highestPlace(String entry) {
        return Pattern.compile("\\{(\\d+)}")
                .matcher(entry)
                .results()
                .mapToInt(place -> Integer.parseInt(place.group(1)))
                .max()
                .orElse(-1);
    }

    /** How many arguments stand from there to the end of the call. */
    private static int arguments(String source, int from) {
        int depth = 0;
        int commas = 0;
        boolean quoted = false;
        for (int at = from; ; at++) {
            char c = source.charAt(at);
            if (c == '"' && source.charAt(at - 1) != '\\') {
                quoted = !quoted;
            } else if (!quoted && c == ',' && depth == 0) {
                commas++;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')' && depth-- == 0) {
                return commas + 1;
            }
        }
    }

    @Test
    void valuesAreQuotedForAShell() {
        assertThat(commands(Text.of("setup.machineStopped.remedy", "vm", "machines(old)", "my vm", "s1")))
                .contains("az vm start --resource-group 'machines(old)' --name 'my vm' --subscription s1");
    }

    @Test
    void eachOfSeveralCommandsIsALine() {
        assertThat(commands(Text.of("setup.docker.switchedOff.remedy", "vm")))
                .contains("sudo systemctl unmask docker docker.socket\nsudo systemctl enable --now docker");
    }

    @Test
    void anArgumentMayBeTheCommandOrTheRemedyThatCounts() {
        Text stopped = Text.of("setup.machineStopped.remedy", "vm", "g", "vm1", "s1");

        assertThat(commands(Text.of("setup.policiesUnread.remedy", "az policy list --scope 'a b'")))
                .contains("az policy list --scope 'a b'");
        assertThat(commands(Text.of("setup.remedyWithHosts", stopped, "a.example, b.example")))
                .isEqualTo(commands(stopped))
                .isPresent();
        assertThat(Fix.of(Text.of("setup.sshRule.remedy", ""))).contains(new Fix.NoCommand(Fix.Reason.PERSON));
    }

    @Test
    void aRemedyOfAnEarlierVersionWithoutTheValuesHasNone() {
        assertThat(Fix.of(Text.of("setup.machineStopped.remedy", "vm", "g", "vm1")))
                .isEmpty();
        assertThat(Fix.of(Text.of("nowhere.remedy"))).isEmpty();
        assertThat(Fix.of(Text.of("none"))).isEmpty();
        assertThat(Fix.of(Text.of("setup.policiesUnread.remedy"))).isEmpty();
        assertThat(Fix.of(Text.of("setup.sshRule.remedy"))).contains(new Fix.NoCommand(Fix.Reason.PERSON));
    }

    private static Optional<String> commands(Text remedy) {
        return Fix.of(remedy).map(fix -> ((Fix.Commands) fix).lines());
    }

    private static Properties load(String room, String name) throws IOException {
        String path = "/io/keylesspull/" + room + "/" + name + ".properties";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(FixTest.class.getResourceAsStream(path)), StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        }
    }
}
