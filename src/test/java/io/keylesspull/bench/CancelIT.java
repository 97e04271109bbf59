package io.keylesspull.bench;

import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.journal.FileJournal;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.engine.run.Run;
import io.keylesspull.engine.run.Runner;
import io.keylesspull.setup.log.RunLogs;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.log.LogBuffer;
import io.keylesspull.ui.log.LogWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long whoever cancels a run is held up, which is the window's own thread: it draws a frame every 16 ms. */
class CancelIT {

    private static final int WARMING = 5;
    private static final int TIMES = 20;
    private static final double FRAME = 16;

    @TempDir
    private Path folder;

    /** In milliseconds. @param cancelling until cancelling returns @param ending until the run has ended */
    private record Times(Samples cancelling, Samples ending) {}

    @Test
    void cancellingReturnsWithinAFrame() throws Exception {
        try (PracticeWorld world = new PracticeWorld(folder)) {
            Times few = times(world, 20);
            Times many = times(world, 200);
            Report.add(new Section(7, "Cancel")
                    .note("The program's plan for so many new machines, whose first steps are under way and do not end "
                            + "by themselves; the journal and the log are in files, as in a run.")
                    .ratio(Ratio.atMost("cancelling a run of 200 machines, median, ms", FRAME, many.cancelling.median())
                            .byTheWallClock())
                    .ratio(Ratio.atMost("cancelling a run of 200 machines, longest, ms", FRAME, many.cancelling.max())
                            .byTheWallClock())
                    .measured(few.cancelling)
                    .measured(few.ending)
                    .measured(many.cancelling)
                    .measured(many.ending));
        }
    }

    private Times times(PracticeWorld world, int machines) throws Exception {
        Path planned = Files.createTempDirectory(folder, "planned");
        Plan plan = Plan.of(
                Purpose.SETUP,
                world.plan(setup(machines), planned).steps().stream()
                        .map(Idle::new)
                        .toList());
        List<Double> cancelling = new ArrayList<>();
        List<Double> ending = new ArrayList<>();
        for (int i = 0; i < WARMING + TIMES; i++) {
            long[] nanos = cancelled(plan);
            if (i >= WARMING) {
                cancelling.add(nanos[0] / 1e6);
                ending.add(nanos[1] / 1e6);
            }
        }
        return new Times(
                new Samples(machines + " machines: until cancelling returns", "ms", cancelling),
                new Samples(machines + " machines: until the run has ended", "ms", ending));
    }

    /** @return until cancelling returned, and until the run had ended */
    private long[] cancelled(Plan plan) throws Exception {
        Path run = Files.createTempDirectory(folder, "run");
        LogWriter screen = new LogWriter(new LogBuffer(), new Texts(Locale.ENGLISH));
        ExecutorService workers = Executors.newCachedThreadPool();
        CountDownLatch underWay = new CountDownLatch(1);
        try (FileJournal journal = FileJournal.open(run.resolve("journal.jsonl"));
                RunLogs file = new RunLogs(run.resolve("log.txt"))) {
            Consumer<RunEvent> events = event -> {
                file.accept(event);
                screen.write(event);
                if (event instanceof StepStarted) {
                    underWay.countDown();
                }
            };
            Run started = new Runner(workers, Time.system(), PracticeWorld.MACHINES_AT_ONCE)
                    .start(plan, new Facts(), journal, events);
            underWay.await();
            long begun = System.nanoTime();
            started.cancel();
            long returned = System.nanoTime() - begun;
            if (started.await() != RunResult.CANCELLED) {
                throw new IllegalStateException("the run was not cancelled");
            }
            return new long[] {returned, System.nanoTime() - begun};
        } finally {
            workers.shutdownNow();
        }
    }

    private static String setup(int machines) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup", "create": true},
                 "registry": {"name": "myContainerRegistry", "create": true, "importSample": true},
                 "image": "aci-helloworld:v1", "identity": {"kind": "user-assigned", "name": "myACRId"},
                 "machines": [%s]}""".formatted(
                IntStream.range(0, machines).mapToObj(i -> """
                {"name": "vm%d", "create": true,
                "allowSshFrom": "203.0.113.24/32"}""".formatted(i)).collect(Collectors.joining(",")));
    }

    /** A step in its place in the plan, that goes on until it is cancelled. */
    private record Idle(Step step) implements Step {

        @Override
        public StepId id() {
            return step.id();
        }

        @Override
        public Text title() {
            return step.title();
        }

        @Override
        public Set<Fact<?>> needs() {
            return step.needs();
        }

        @Override
        public Set<Fact<?>> establishes() {
            return step.establishes();
        }

        @Override
        public Result run(StepContext context) throws InterruptedException {
            new CountDownLatch(1).await();
            throw new IllegalStateException("nobody ends this");
        }
    }
}
