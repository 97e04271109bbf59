package io.keylesspull.ui.run;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.Timeline;
import io.keylesspull.setup.picture.Picture;
import io.keylesspull.setup.session.ProvenCluster;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.ProvenScaleSet;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Once;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.log.LogView;
import io.keylesspull.ui.picture.PictureView;
import io.keylesspull.ui.remembered.Remembered;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** The Run page: the steps, progress and live log of one run, cancelling it and trying it again. */
public final class RunPage implements Page {

    private final RunController controller;
    private final Texts texts;
    private final Supplier<RunView> views;
    private Once<RunView> view;
    private Locale language;
    private final ObservableValue<Boolean> complete;
    private final Remembered remembered;
    private final Consumer<URI> browser;

    /**
     * @param remembered how the page was arranged
     * @param browser opens a page of the portal; may block
     * @param onUndo called if a setup stopped early and the administrator wants to undo what it did
     */
    public RunPage(Texts texts, Workers workers, Remembered remembered, Consumer<URI> browser, Runnable onUndo) {
        this(texts, workers, ZoneId.systemDefault(), remembered, browser, onUndo);
    }

    RunPage(Texts texts, Workers workers, ZoneId zone, Remembered remembered, Consumer<URI> browser, Runnable onUndo) {
        this.browser = address -> workers.background().execute(() -> browser.accept(address));
        this.remembered = remembered;
        controller = new RunController(texts, workers);
        this.texts = texts;
        views = () -> new RunView(
                texts,
                controller,
                new LogView(texts, controller.buffer(), workers.background(), zone, remembered, this.browser),
                remembered,
                this.browser,
                onUndo);
        view = new Once<>(views);
        language = texts.locale();
        complete = controller
                .resultProperty()
                .map(result -> result == RunResult.SUCCEEDED)
                .orElse(false);
    }

    @Override
    public Node node() {
        return view.get().node();
    }

    @Override
    public ObservableValue<Boolean> complete() {
        return complete;
    }

    @Override
    public boolean scrolls() {
        return false;
    }

    /** Starts a new setup; clears what an earlier run left on the page. */
    public void start(RunStarter starter) {
        show(new RunIntent.NewSetup(), starter);
    }

    /** Resumes an earlier setup; clears the page likewise. */
    public void resume(RunStarter starter) {
        show(new RunIntent.ResumedSetup(), starter);
    }

    /** Undoes a run; clears the page likewise. */
    public void undo(RunStarter starter, UndoExpected expected) {
        show(new RunIntent.Undo(expected), starter);
    }

    /** A run's page keeps its language as long as the run is shown. */
    private void show(RunIntent intent, RunStarter starter) {
        if (!language.equals(texts.locale())) {
            view = new Once<>(views);
            language = texts.locale();
        }
        view.get().expect(intent);
        controller.start(intent.purpose(), starter);
    }

    /** How the run ended; null before its end. */
    public ReadOnlyObjectProperty<RunResult> resultProperty() {
        return controller.resultProperty();
    }

    /** How much of the run is done, from 0 to 1. */
    public ReadOnlyDoubleProperty progressProperty() {
        return controller.progressProperty();
    }

    /** Interrupts the run, if there is one; the result follows when its steps have ended. */
    public void cancel() {
        controller.cancel();
    }

    /** The run that is shown; empty until it was started. */
    public Optional<SetupRun> run() {
        return controller.run();
    }

    /** Who has got access to what; empty before the run began. */
    Optional<Picture> picture() {
        return run().map(SetupRun::request).map(controller.model()::picture);
    }

    PictureView pictureView(Texts texts) {
        return new PictureView(texts, controller::portalPage, browser);
    }

    /** When the steps of the last attempt ran; empty before it began. */
    Optional<Timeline> timeline() {
        return controller.model().timeline(controller.now());
    }

    /** How the window is arranged. */
    Remembered remembered() {
        return remembered;
    }

    /** The machines on which the pull is proven. */
    List<ProvenMachine> proven() {
        return run().map(SetupRun::proven).orElse(List.of());
    }

    /** The scale set on whose instances the pull is proven. */
    Optional<ProvenScaleSet> provenScaleSet() {
        return run().flatMap(SetupRun::provenScaleSet);
    }

    /** The clusters in which the pull is proven. */
    List<ProvenCluster> provenClusters() {
        return run().map(SetupRun::provenClusters).orElse(List.of());
    }
}
