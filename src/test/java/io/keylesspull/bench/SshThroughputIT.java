package io.keylesspull.bench;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.journal.FileJournal;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.engine.run.Runner;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.OutputListener;
import io.keylesspull.remote.RemoteShell;
import io.keylesspull.remote.TalkativeMachine;
import io.keylesspull.setup.log.RunLogs;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.log.LogBuffer;
import io.keylesspull.ui.log.LogWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast a command's output comes through, beside bare JSch that throws it away. */
class SshThroughputIT {

    private static final byte[] TEXT = AptOutput.lines(12_000).getBytes(StandardCharsets.UTF_8);
    /** Of a link of 100 Mbit/s, in bytes. */
    private static final long LINK = 12_500_000;

    private static final Fact<String> READ = Fact.word("READ");

    @TempDir
    private Path folder;

    @FunctionalInterface
    private interface Way {
        void hear() throws Exception;
    }

    /** In MB/s. */
    private record Speeds(Samples bare, Samples reader, Samples whole) {

        double ofReader() {
            return reader.median() / bare.median();
        }

        double ofWhole() {
            return whole.median() / bare.median();
        }
    }

    @Test
    void outputComesThroughNearlyAsFastAsJschBringsIt() throws Exception {
        Speeds loopback = speeds("within the computer", 200, Long.MAX_VALUE, 3, 9);
        Speeds link = speeds("over 100 Mbit/s", 10, LINK, 1, 5);
        Report.add(new Section(4, "SSH throughput")
                .note("One command prints what apt and docker print, from an SSH server in the same process, with the "
                        + "program's ciphers. The three ways take turns, after some rounds for warming up. Within the "
                        + "computer nothing limits the server, and it, JSch and the program share the processors: on "
                        + "two of them the thread that reads, the one that hands events on and the garbage collector "
                        + "compete. What comes from a machine comes over a link, here one of 100 Mbit/s.")
                .ratio(Ratio.atLeast("reader and redactor ÷ bare JSch, within the computer", 0.5, loopback.ofReader())
                        .byTheWallClock())
                .ratio(Ratio.atLeast(
                                "reader, redactor and both logs ÷ bare JSch, within the computer",
                                0.5,
                                loopback.ofWhole())
                        .byTheWallClock())
                .ratio(Ratio.atLeast(
                                "reader, redactor and both logs ÷ bare JSch, over 100 Mbit/s", 0.95, link.ofWhole())
                        .byTheWallClock())
                .measured(loopback.bare)
                .measured(loopback.reader)
                .measured(loopback.whole)
                .measured(link.bare)
                .measured(link.reader)
                .measured(link.whole));
    }

    private Speeds speeds(String where, int times, long perSecond, int warming, int rounds) throws Exception {
        double megabytes = (double) TEXT.length * times / 1e6;
        List<Double> bare = new ArrayList<>();
        List<Double> reader = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        try (TalkativeMachine machine = new TalkativeMachine(TEXT, times, perSecond)) {
            for (int round = 0; round < warming + rounds; round++) {
                double drained = megabytes / seconds(() -> require(machine.drain() == (long) TEXT.length * times));
                double read = megabytes / seconds(() -> shell(machine, OutputListener.none()));
                double logged = megabytes / seconds(() -> run(machine));
                if (round >= warming) {
                    bare.add(drained);
                    reader.add(read);
                    whole.add(logged);
                }
            }
        }
        return new Speeds(
                new Samples(where + ": bare JSch, thrown away", "MB/s", bare),
                new Samples(where + ": our reader and redactor", "MB/s", reader),
                new Samples(where + ": and events, log on screen and in the file", "MB/s", whole));
    }

    private static double seconds(Way way) throws Exception {
        long begun = System.nanoTime();
        way.hear();
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void shell(TalkativeMachine machine, OutputListener listener) throws Exception {
        try (RemoteShell shell = machine.connect()) {
            require(shell.run(Command.of("talk"), listener).ok());
        }
    }

    /** As in a run: every piece of output is an event, which the log on the screen and the one in the file take. */
    private void run(TalkativeMachine machine) throws Exception {
        Path run = Files.createTempDirectory(folder, "run");
        LogWriter screen = new LogWriter(new LogBuffer(), new Texts(Locale.ENGLISH));
        ExecutorService workers = Executors.newCachedThreadPool();
        try (FileJournal journal = FileJournal.open(run.resolve("journal.jsonl"));
                RunLogs file = new RunLogs(run.resolve("log.txt"))) {
            Consumer<RunEvent> events = event -> {
                file.accept(event);
                screen.write(event);
            };
            require(new Runner(workers, Time.system(), 1)
                            .start(
                                    Plan.of(Purpose.SETUP, List.of(new ReadOutput(machine))),
                                    new Facts(),
                                    journal,
                                    events)
                            .await()
                    == RunResult.SUCCEEDED);
        } finally {
            workers.shutdownNow();
        }
    }

    private static void require(boolean well) {
        if (!well) {
            throw new IllegalStateException("not all came through");
        }
    }

    /** A step that is one command. */
    private record ReadOutput(TalkativeMachine machine) implements Step {

        @Override
        public StepId id() {
            return StepId.on("myDockerVM", "readOutput");
        }

        @Override
        public Text title() {
            return Text.of("setup.step.docker");
        }

        @Override
        public Set<Fact<?>> needs() {
            return Set.of();
        }

        @Override
        public Set<Fact<?>> establishes() {
            return Set.of(READ);
        }

        @Override
        public Result run(StepContext context) throws Failure, InterruptedException {
            try {
                shell(machine, (stream, chunk) -> context.commandOutput(OutputStream.STDOUT, chunk));
            } catch (InterruptedException | Failure e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            context.establish(READ, "read");
            return new Result(Outcome.CHECKED, title());
        }
    }
}
