package io.keylesspull.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.Tool;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that make packages, as far as they can be looked at without making any. */
@Timeout(60)
class ScriptsTest {

    private static final Path SCRIPTS = Path.of("jpackage");

    @Test
    void shellcheckFindsNothingWrongWithThem() throws Exception {
        List<String> command = new ArrayList<>(List.of(Tool.find("shellcheck").toString()));
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            files.map(Path::toString).filter(name -> name.endsWith(".sh")).forEach(command::add);
        }
        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();

        assertThat(command).hasSizeGreaterThan(3);
        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    /**
     * Options of other systems are refused here as such, and not as unknown ones; what they do is seen on those systems
     * alone.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "common",
                "jdk24",
                "linux",
                "linux-installer",
                "macos",
                "macos-installer",
                "windows",
                "windows-installer",
                "windows-user"
            })
    void jpackageKnowsEachOption(String name) throws Exception {
        List<String> options = Files.readAllLines(SCRIPTS.resolve(name + ".args")).stream()
                .filter(line -> line.startsWith("--"))
                .map(line -> line.replaceFirst(" .*", ""))
                .toList();
        String unknown = said("--no-such-option");

        assertThat(unknown).contains("--no-such-option");
        assertThat(options)
                .isNotEmpty()
                .noneMatch(option -> said(option).equals(unknown.replace("--no-such-option", option)));
    }

    private static String said(String option) {
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        ToolProvider.findFirst("jpackage").orElseThrow().run(out, out, "--type", "app-image", option, "value");
        return printed.toString();
    }

    /** By its name package.sh knows that the window stands; without it, it waits in vain. */
    @Test
    void theClassThatIsWaitedForIsThere() throws Exception {
        Matcher name =
                Pattern.compile("(?m)^ *first='\\^(\\S+) '$").matcher(Files.readString(SCRIPTS.resolve("package.sh")));

        assertThat(name.find()).isTrue();
        assertThat(ScriptsTest.class.getResource("/" + name.group(1) + ".class"))
                .isNotNull();
    }
}
