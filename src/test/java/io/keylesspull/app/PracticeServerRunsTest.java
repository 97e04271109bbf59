package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.RealProgram.Ended;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs are resumed and undone in the practice cloud that {@code --practice-server} serves, each time by the program in
 * a process of its own, with the settings that the server prints and no others.
 */
@Timeout(300)
class PracticeServerRunsTest {

    @TempDir
    private Path folder;

    private final BlockingQueue<String> guide = new ArrayBlockingQueue<>(8);
    private FutureTask<Integer> serving;
    private Thread server;
    private RealProgram program;
    private List<String> options;

    @BeforeEach
    void serve() throws Exception {
        StringWriter out = new StringWriter();
        PrintWriter tellsWhenFlushed = new PrintWriter(out) {
            @Override
            public void flush() {
                super.flush();
                guide.add(out.toString());
            }
        };
        PracticeServing product = new PracticeServing(
                folder.resolve("server"),
                Time.system(),
                new SecureRandom(),
                new Texts(Locale.ENGLISH),
                ShellDialect.POSIX,
                tellsWhenFlushed,
                new PrintWriter(Writer.nullWriter()));
        serving = new FutureTask<>(() -> product.serve(Pace.INSTANT, 0));
        server = new Thread(serving);
        server.start();
        String printed = guide.poll(1, TimeUnit.MINUTES);
        Map<String, String> settings = new HashMap<>();
        Matcher line = Pattern.compile("export (\\w+)=(\\S+)").matcher(printed);
        while (line.find()) {
            settings.put(line.group(1), line.group(2));
        }
        Matcher command = Pattern.compile("keyless-pull (--ca-file \\S+ --ssh-proxy \\S+) --run")
                .matcher(printed);
        assertThat(command.find()).as(printed).isTrue();
        options = List.of(command.group(1).split(" "));
        program = new RealProgram(folder, settings);
    }

    @AfterEach
    void end() throws Exception {
        server.interrupt();
        assertThat(serving.get(1, TimeUnit.MINUTES)).isEqualTo(130);
    }

    @Test
    void theExampleIsSetUpAndUndone() throws Exception {
        Ended setUp =
                run("--run", Path.of("assets", "example-practice-server.json").toString());
        assertThat(setUp.status()).as(setUp.printed()).isZero();
        assertThat(setUp.printed()).contains("Proven.").doesNotContain("This was practice");

        Ended undone = run("--undo", "last", "--yes");
        assertThat(undone.status()).as(undone.printed()).isZero();
        assertThat(undone.printed()).contains("Taken back.", "virtual machine myDockerVM with its disk");
        assertThat(run("--runs").printed()).contains("taken back, ").doesNotContain("are left: ");
    }

    @Test
    void aRunThatFailedInTheMiddleIsResumedAndUndone() throws Exception {
        String example = Files.readString(Path.of("assets", "example-practice-server.json"));
        Path setup = Files.writeString(
                folder.resolve("setup.json"),
                example.replace("\"importSample\": true", "\"import\": \"images.contoso.com/app:1\""));
        Ended failed = run("--run", setup.toString());
        assertThat(failed.status()).as(failed.printed()).isEqualTo(1);
        assertThat(failed.printed())
                .contains("images.contoso.com/app:1 could not be read", "is still there")
                .containsPattern("Go on with it:\\R    keyless-pull --ssh-proxy \\S+ --ca-file \\S+ --resume \\S+\\R");

        Ended resumed = run("--resume", "last");
        assertThat(resumed.status()).as(resumed.printed()).isEqualTo(1);
        assertThat(resumed.printed())
                .contains("images.contoso.com/app:1 could not be read")
                .containsPattern("registry +created: ")
                .doesNotContainPattern("registry +creating");

        Ended undone = run("--undo", "last", "--yes");
        assertThat(undone.status()).as(undone.printed()).isZero();
        assertThat(run("--runs").printed()).contains("taken back, ").doesNotContain("are left: ");
    }

    private Ended run(String... arguments) throws Exception {
        return program.run(Stream.concat(options.stream(), Stream.of(arguments)).toArray(String[]::new));
    }
}
