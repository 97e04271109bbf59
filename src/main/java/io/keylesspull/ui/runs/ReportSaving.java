package io.keylesspull.ui.runs;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import java.io.File;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Asks where the report of a run is to be saved, and says how that went. */
public final class ReportSaving {

    private final Texts texts;
    private final RunsModel model;
    private final VBox said;

    public ReportSaving(Texts texts, RunsModel model) {
        this.texts = texts;
        this.model = model;
        Label saved = Labels.hint("");
        saved.textProperty()
                .bind(model.reporting()
                        .stateProperty()
                        .map(state -> state instanceof State.Done<Path> done
                                ? texts.render(
                                        "ui.runs.report.saved", done.value().toString())
                                : ""));
        saved.visibleProperty().bind(saved.textProperty().isNotEmpty());
        saved.managedProperty().bind(saved.visibleProperty());
        said = new VBox(saved, LoadStatus.ofFailure(texts, model.reporting()));
    }

    /** How the last saving went. */
    public Node said() {
        return said;
    }

    /** Forgets how the last saving went. */
    void forget() {
        if (!(model.reporting().state() instanceof BackgroundTask.State.Running)) {
            model.reporting().stop();
        }
    }

    public void ask(EarlierRun earlier) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.render("ui.runs.report.title"));
        chooser.setInitialFileName("keyless-pull-" + earlier.stored().id() + ".html");
        File file = chooser.showSaveDialog(said.getScene().getWindow());
        if (file != null) {
            model.saveReport(earlier, file.toPath());
        }
    }
}
