package io.keylesspull.bench;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.engine.event.OutputParser;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.log.LogBuffer;
import io.keylesspull.ui.log.LogView;
import io.keylesspull.ui.log.LogWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** How the live log stands a flood of lines, beside a plain text area and a plain list that get them one by one. */
@Timeout(300)
class LiveLogIT {

    private static final int ROUNDS = 3;
    private static final int LINES = 20_000;
    /** Whoever is not done by then is measured by what was on the screen. */
    private static final long LONGEST_SECONDS = 5;

    private static final StepId STEP = StepId.on("myDockerVM", "docker");

    private final List<String> lines =
            AptOutput.lines(LINES).lines().map(line -> line + "\n").toList();
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private Stage stage;

    /**
     * A log on the screen.
     *
     * @param feed takes a line, on any thread
     * @param shown how many lines it has; asked on JavaFX's thread
     * @param stop forgets what it has taken and not shown yet
     */
    private record Log(Parent node, Consumer<String> feed, IntSupplier shown, Runnable stop) {}

    /** What one log gave, over all rounds. */
    public record Seen(List<Double> taken, List<Double> shown, List<Double> pulses, List<Double> heap) {

        Seen() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void tell(Section section, String log) {
            section.measured(new Samples(log + ": lines taken", "lines/s", taken))
                    .measured(new Samples(log + ": lines on the screen", "lines/s", shown))
                    .measured(new Samples(log + ": from one pulse to the next", "ms", pulses))
                    .measured(new Samples(log + ": heap for its lines", "MB", heap));
        }
    }

    @BeforeEach
    void openStage() throws Exception {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(() -> {
                    stage = new Stage();
                    stage.setScene(new Scene(new ListView<String>(), 900, 600));
                    stage.getScene().setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
                    stage.show();
                })
                .get();
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.asyncFx(stage::close).get();
        background.shutdownNow();
        FxToolkit.cleanupStages();
    }

    @Test
    void aFloodOfLinesNeitherFreezesTheWindowNorQueuesUp() throws Exception {
        Seen ours = new Seen();
        Seen list = new Seen();
        Seen area = new Seen();
        for (int round = 0; round <= ROUNDS; round++) {
            // The first round is for warming up; for the others, minutes would be needed.
            boolean counts = round > 0;
            measure(WaitForAsyncUtils.asyncFx(this::ours).get(), counts ? ours : new Seen());
            if (counts) {
                measure(WaitForAsyncUtils.asyncFx(LiveLogIT::plainList).get(), list);
                measure(WaitForAsyncUtils.asyncFx(LiveLogIT::plainArea).get(), area);
            }
        }
        Section section = new Section(3, "Live log")
                .note(LINES + " lines of what apt and docker print, as fast as each log takes them, line by line from "
                        + "one thread, in a window of 900 × 600 without a display. A line counts as on the screen when "
                        + "the pulse after it was done; a log that has not shown all after " + LONGEST_SECONDS
                        + " s is measured by what it has shown. The plain ones get a `Platform.runLater` for each "
                        + "line, and the list is scrolled to its end. Ours also takes escapes and carriage returns "
                        + "out of what they show as they come.")
                .ratio(Ratio.atLeast(
                                "lines on the screen, ours ÷ plain ListView",
                                1,
                                ratio(ours.shown, list.shown, Samples::median))
                        .byTheWallClock())
                .ratio(Ratio.atLeast(
                                "lines on the screen, ours ÷ plain TextArea",
                                1,
                                ratio(ours.shown, area.shown, Samples::median))
                        .byTheWallClock())
                .ratio(Ratio.atMost(
                                "longest time between two pulses, ours ÷ plain ListView",
                                1,
                                ratio(ours.pulses, list.pulses, Samples::max))
                        .byTheWallClock());
        ours.tell(section, "ours");
        list.tell(section, "plain ListView");
        area.tell(section, "plain TextArea");
        Report.add(section);
    }

    private void measure(Log log, Seen seen) throws Exception {
        double before = HeapWatch.inUse();
        WaitForAsyncUtils.asyncFx(() -> stage.getScene().setRoot(log.node)).get();
        Pulses pulses = new Pulses(log.shown);
        WaitForAsyncUtils.asyncFx(pulses::start).get();
        long begun = System.nanoTime();
        lines.forEach(log.feed);
        seen.taken.add(LINES / ((System.nanoTime() - begun) / 1e9));
        if (!pulses.ended.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            // Pulses may not come while there is more and more to do between them.
            log.stop.run();
            pulses.enough = true;
            pulses.ended.await();
        }
        seen.shown.add(pulses.shown / (pulses.nanos / 1e9));
        seen.pulses.addAll(pulses.between);
        log.stop.run();
        WaitForAsyncUtils.asyncFx(() -> {}).get();
        seen.heap.add(Math.max(0, HeapWatch.inUse() - before));
        WaitForAsyncUtils.asyncFx(() -> stage.getScene().setRoot(new ListView<String>()))
                .get();
    }

    private Log ours() {
        LogBuffer buffer = new LogBuffer();
        LogView view = new LogView(
                new Texts(Locale.ENGLISH),
                buffer,
                background,
                ZoneOffset.UTC,
                new io.keylesspull.ui.remembered.Remembered(java.util.Map.of(), all -> {}),
                page -> {});
        OutputParser events = new OutputParser(new LogWriter(buffer, new Texts(Locale.ENGLISH))::write);
        return new Log(
                view,
                line -> events.accept(new CommandOutput(Instant.now(), STEP, OutputStream.STDOUT, line)),
                () -> view.lookup(".log-list") instanceof ListView<?> list
                        ? list.getItems().size()
                        : 0,
                () -> {});
    }

    private static Log plainList() {
        ListView<String> list = new ListView<>();
        return oneByOne(
                list,
                line -> {
                    list.getItems().add(line);
                    list.scrollTo(list.getItems().size() - 1);
                },
                () -> list.getItems().size());
    }

    private static Log plainArea() {
        TextArea area = new TextArea();
        // The text's end begins a paragraph of its own.
        return oneByOne(area, area::appendText, () -> area.getParagraphs().size() - 1);
    }

    private static Log oneByOne(Parent node, Consumer<String> append, IntSupplier shown) {
        AtomicBoolean stopped = new AtomicBoolean();
        return new Log(
                node,
                line -> Platform.runLater(() -> {
                    if (!stopped.get()) {
                        append.accept(line);
                    }
                }),
                shown,
                () -> stopped.set(true));
    }

    private static double ratio(List<Double> ours, List<Double> plain, ToDoubleFunction<Samples> of) {
        return of.applyAsDouble(new Samples("", "", ours)) / of.applyAsDouble(new Samples("", "", plain));
    }

    /** Watches the pulses until everything is on the screen. Used by JavaFX's thread, but for what is final. */
    private static final class Pulses extends AnimationTimer {

        private final IntSupplier lines;
        private final List<Double> between = new ArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final long begun = System.nanoTime();
        private volatile boolean enough;
        private long last = begun;
        private int shown;
        private long nanos;

        Pulses(IntSupplier lines) {
            this.lines = lines;
        }

        @Override
        public void handle(long pulse) {
            long now = System.nanoTime();
            between.add((now - last) / 1e6);
            last = now;
            nanos = now - begun;
            // What was there at the last pulse has been painted by it.
            boolean all = shown >= LINES;
            shown = lines.getAsInt();
            if (all || enough) {
                stop();
                ended.countDown();
            }
        }
    }
}
