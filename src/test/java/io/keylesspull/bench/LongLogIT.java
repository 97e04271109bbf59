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
import io.keylesspull.ui.remembered.Remembered;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Whether the live log keeps a frame's time while a million lines come, are searched, and are scrolled through. */
@Timeout(600)
class LongLogIT {

    private static final int LINES = 1_000_000;
    /** As many as a packet of SSH brings. */
    private static final int PIECE = 400;

    private static final int WARM_UP = 400_000;
    private static final int SCROLLED = 300;
    /** In pixels. */
    private static final int PAGE = 500;

    private static final String WANTED = "services need";
    private static final StepId STEP = StepId.on("myDockerVM", "docker");

    private final List<String> pieces = pieces();
    private final ExecutorService background = Executors.newFixedThreadPool(2);
    private final LogBuffer buffer = new LogBuffer();
    private final OutputParser events = new OutputParser(new LogWriter(buffer, new Texts(Locale.ENGLISH))::write);
    private final FxWork work = new FxWork();
    private final List<Samples> pulses = new ArrayList<>();
    private final List<Samples> processor = new ArrayList<>();
    private Stage stage;
    private ListView<?> list;

    private static List<String> pieces() {
        String piece = AptOutput.lines(PIECE);
        return List.of(piece, piece.toUpperCase(Locale.ROOT));
    }

    @BeforeEach
    void open() throws Exception {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(() -> {
                    LogView view = new LogView(
                            new Texts(Locale.ENGLISH),
                            buffer,
                            background,
                            ZoneOffset.UTC,
                            new Remembered(Map.of(), all -> {}),
                            page -> {});
                    stage = new Stage();
                    stage.setScene(new Scene(view, 900, 600));
                    stage.getScene().setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
                    work.watch(stage.getScene());
                    stage.show();
                    list = (ListView<?>) view.lookup(".log-list");
                })
                .get();
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.asyncFx(() -> {
                    work.stop();
                    stage.close();
                })
                .get();
        background.shutdownNow();
        FxToolkit.cleanupStages();
    }

    @Test
    void aMillionLinesKeepAFramesTime() throws Exception {
        flood(WARM_UP);
        begin();
        double before = HeapWatch.inUse();
        double most;
        double seconds;
        try (HeapWatch heap = new HeapWatch()) {
            long begun = System.nanoTime();
            flood(LINES);
            seconds = (System.nanoTime() - begun) / 1e9;
            end("while lines come");
            most = Math.max(heap.most(), HeapWatch.inUse()) - before;
        }
        begin();
        long begun = System.nanoTime();
        onFx(() -> field("#log-find").setText(WANTED));
        // One of eight lines, in one of two spellings.
        String all = String.format(Locale.ENGLISH, " of %,d", (WARM_UP + LINES) / 8);
        until(() -> ((Labeled) node("#log-found")).getText().endsWith(all));
        double found = (System.nanoTime() - begun) / 1e9;
        end("while they are searched");
        begin();
        for (int i = 0; i < SCROLLED; i++) {
            if (i < SCROLLED / 2) {
                onFx(() -> work.execute(() -> Event.fireEvent(
                        list, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.F3, false, false, false, false))));
            } else {
                onFx(() -> work.execute(() -> flow().scrollPixels(-PAGE)));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        end("while they are scrolled through");
        double searched = HeapWatch.inUse() - before;
        Section section = new Section(3, "A long live log")
                .note(LINES + " lines of what apt and docker print, as fast as they are taken, in pieces of " + PIECE
                        + " lines from one thread, after " + WARM_UP + " for warming up, in a window of 900 × 600 "
                        + "without a display, with lines that wrap. Then a text is searched that is in one of eight "
                        + "lines, and the list is scrolled from hit to hit and page by page.")
                .note("A pulse: everything that JavaFX's thread does from one to the next. A frame at 60 Hz has "
                        + Report.number(FxWork.FRAME) + " ms.");
        for (Samples one : pulses) {
            section.ratio(Ratio.atMost("99th percentile of a pulse " + one.what() + ", ms", FxWork.FRAME, one.p99())
                    .byTheWallClock());
        }
        for (Samples one : processor) {
            section.ratio(Ratio.atMost(
                            "99th percentile of a pulse " + one.what() + ", ms of processor time",
                            FxWork.FRAME,
                            one.p99())
                    .byTheWallClock());
        }
        section.ratio(Ratio.atMost("most heap for the log, MB", 64, most).byTheWallClock());
        section.measured(Samples.one("lines taken", "lines/s", LINES / seconds));
        section.measured(Samples.one("a search through all", "s", found));
        section.measured(Samples.one("heap after it", "MB", searched));
        pulses.forEach(one -> section.measured(new Samples("pulse " + one.what(), one.unit(), one.values())));
        processor.forEach(
                one -> section.measured(new Samples("pulse " + one.what() + " (processor)", one.unit(), one.values())));
        Report.add(section, "long");
    }

    /** Returns when all are on the screen. */
    private void flood(int lines) throws Exception {
        for (int line = 0; line < lines; line += PIECE) {
            events.accept(new CommandOutput(
                    Instant.now(), STEP, OutputStream.STDOUT, pieces.get(line / PIECE % pieces.size())));
        }
        events.accept(new CommandOutput(Instant.now(), STEP, OutputStream.STDOUT, "end of " + lines + "\n"));
        until(() -> !list.getItems().isEmpty()
                && list.getItems().get(list.getItems().size() - 1).toString().endsWith("end of " + lines));
    }

    private void begin() throws Exception {
        onFx(work::forget);
    }

    private void end(String what) throws Exception {
        onFx(() -> {
            pulses.add(new Samples(what, "ms", work.pulses()));
            processor.add(new Samples(what, "ms", work.processor()));
        });
    }

    private VirtualFlow<?> flow() {
        return (VirtualFlow<?>) list.lookup(".virtual-flow");
    }

    private TextField field(String selector) {
        return (TextField) node(selector);
    }

    private Node node(String selector) {
        return stage.getScene().lookup(selector);
    }

    private static void onFx(Runnable task) throws Exception {
        WaitForAsyncUtils.asyncFx(task).get();
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        while (!WaitForAsyncUtils.asyncFx(condition).get()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
