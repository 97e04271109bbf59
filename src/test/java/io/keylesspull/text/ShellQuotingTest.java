package io.keylesspull.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.remote.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Lines are read back by the shells that there are here: sh always, bash where it is installed. */
class ShellQuotingTest {

    private static final List<String> SHELLS = Stream.of("/bin/sh", "/bin/bash")
            .filter(shell -> Files.isExecutable(Path.of(shell)))
            .toList();
    private static final String AFTER_ARGUMENT = "\u0001";
    private static final String AFTER_LINE = "\u0002\n";

    @Provide
    Arbitrary<List<List<String>>> lines() {
        Arbitrary<String> special = Arbitraries.of(
                "'",
                "\"",
                "\\",
                "$",
                "`",
                "$(reboot)",
                "${IFS}",
                "\n",
                "\r",
                "\t",
                " ",
                "  ",
                "!",
                "!!",
                "*",
                "?",
                "[a-z]",
                "{a,b}",
                "~",
                "~root",
                "#",
                "&",
                "&&",
                "|",
                ";",
                "<",
                ">",
                "<<EOF",
                "(",
                ")",
                "-",
                "--",
                "=",
                "A=b",
                "%s",
                "%",
                "^",
                "if",
                "\u001b[0m",
                "\u0007",
                "\u00a0",
                "é",
                "\u65e5\u672c",
                "\ud83d\udc33",
                "\u202e",
                "\ufeff",
                "\u0085",
                "\u2028");
        Arbitrary<String> any =
                Arbitraries.strings().withCharRange('\u0003', '\ud7ff').ofMaxLength(6);
        Arbitrary<String> argument = Arbitraries.frequencyOf(
                        Tuple.of(4, special), Tuple.of(1, any), Tuple.of(1, Arbitraries.of("word", "")))
                .list()
                .ofMaxSize(5)
                .map(parts -> String.join("", parts));
        return argument.list().ofMinSize(1).ofMaxSize(4).list().ofMinSize(20).ofMaxSize(60);
    }

    @Property(tries = 30, seed = "4741")
    void aShellReadsBackTheArgumentsOfAnyCommand(@ForAll("lines") List<List<String>> lines) throws Exception {
        Assume.that(!SHELLS.isEmpty());
        // Behind a function, so that no line of the test can run anything.
        StringBuilder script = new StringBuilder("say() { printf '%s\\001' \"$@\"; printf '\\002\\n'; }\n");
        lines.forEach(line -> script.append("say ").append(argumentsOf(line)).append('\n'));
        String expected = lines.stream()
                        .map(line -> String.join(AFTER_ARGUMENT, line) + AFTER_ARGUMENT)
                        .collect(Collectors.joining(AFTER_LINE))
                + AFTER_LINE;
        for (String shell : SHELLS) {
            assertThat(said(new ProcessBuilder(shell), script.toString()))
                    .as(shell)
                    .isEqualTo(expected);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aShellRunsTheProgramThatWasMeantWhateverItsName(@TempDir Path programs) throws Exception {
        List<String> names =
                List.of("plain", "A=b", "if", "done", "{", "!", "~", "*", "a b", "#", "$HOME", "select", "it's");
        for (String name : names) {
            Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\nprintf '%s|' \"${0##*/}\" \"$@\"\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
        for (String shell : SHELLS) {
            for (String name : names) {
                ProcessBuilder builder = new ProcessBuilder(shell);
                builder.environment().put("PATH", programs.toString());
                assertThat(said(builder, Command.of(name, "a", "b c").shellLine() + "\n"))
                        .as("%s: %s", shell, name)
                        .isEqualTo(name + "|a|b c|");
            }
        }
    }

    /** Quoted as they would be after a program's name. */
    private static String argumentsOf(List<String> line) {
        String[] argv = Stream.concat(Stream.of("x"), line.stream()).toArray(String[]::new);
        return Command.of(argv).shellLine().substring(2);
    }

    private static String said(ProcessBuilder shell, String script) throws IOException, InterruptedException {
        shell.command(
                Stream.concat(shell.command().stream(), Stream.of("-c", script)).toList());
        Process process = shell.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        byte[] printed = process.getInputStream().readAllBytes();
        process.waitFor();
        return new String(printed, StandardCharsets.UTF_8);
    }
}
