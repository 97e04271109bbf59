package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, started by a shell in unusual dependencies. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class EnvironmentTest {

    private static final String EXAMPLE =
            Path.of("assets", "example-practice.json").toAbsolutePath().toString();

    @TempDir
    private Path folder;

    private record Ended(int status, String out, String err) {}

    @Test
    void whateverTheUmaskFilesAndFoldersAreTheirOwnersOnly() throws Exception {
        assertThat(shell("umask 000; exec \"$@\"", folder, "--practice=instant", "--run", EXAMPLE)
                        .status())
                .isZero();

        List<Path> made;
        try (Stream<Path> all = Files.walk(data())) {
            made = all.toList();
        }
        assertThat(made)
                .anyMatch(Files::isRegularFile)
                .allSatisfy(each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------"));
    }

    @Test
    void aUmaskThatTakesRightsFromTheOwnerHindersNothing() throws Exception {
        assertThat(shell("umask 777; exec \"$@\"", folder, "--practice=instant", "--run", EXAMPLE)
                        .status())
                .isZero();
    }

    @Test
    void anOutputThatCannotBeWrittenIsReportedAndNoSuccess() throws Exception {
        for (String what : List.of("--help", "--version", "--runs")) {
            Ended ended = shell("exec \"$@\" > /dev/full", folder, what);
            assertThat(ended.err()).as(what).contains("could not be written completely");
            assertThat(ended.status()).as(what).isEqualTo(1);
        }
        Ended planned = shell("exec \"$@\" > /dev/full", folder, "--practice=instant", "--plan", EXAMPLE);
        assertThat(planned.status()).isEqualTo(1);
    }

    @Test
    void aFolderOutsideAsciiInTheCLocaleIsReportedInOneSentence() throws Exception {
        Ended ended =
                shell("export LC_ALL=C; exec \"$@\"", folder.resolve("日本"), "--practice=instant", "--run", EXAMPLE);
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err().lines()).singleElement().asString().contains("LC_ALL=C.UTF-8");
    }

    @Test
    void anArgumentOutsideAsciiInTheCLocaleIsReportedInOneSentence() throws Exception {
        Ended ended = shell("export LC_ALL=C; exec \"$@\"", folder, "--practice=instant", "--plan", "日本.json");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err().lines()).singleElement().asString().contains("LC_ALL=C.UTF-8");
    }

    private Path data() {
        return folder.resolve("keyless-pull");
    }

    /** @param script which starts {@code "$@"} */
    private Ended shell(String script, Path dataHome, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script, "sh")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command()
                .addAll(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.language=en",
                        "-cp",
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> !entry.endsWith("test-classes"))
                                .reduce((one, other) -> one + File.pathSeparator + other)
                                .orElseThrow(),
                        "io.keylesspull.Main"));
        builder.command().addAll(List.of(arguments));
        builder.environment().put("XDG_DATA_HOME", dataHome.toString());
        int status = builder.start().waitFor();
        return new Ended(
                status, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
