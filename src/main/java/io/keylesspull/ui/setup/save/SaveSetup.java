package io.keylesspull.ui.setup.save;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.text.FileErrors;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Workers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Saves the request as a setup file, for a run without the wizard. */
public final class SaveSetup extends VBox {

    private final BackgroundTask<Path> writing;

    /** @param request the setup as the pages have it at the moment */
    public SaveSetup(Texts texts, Workers workers, Supplier<SetupRequest> request) {
        writing = new BackgroundTask<>(workers);
        getStyleClass().add("save-setup");
        Button save = new Button(texts.marked("ui.review.save"));
        save.setId("save-setup");
        save.setMinWidth(USE_PREF_SIZE);
        save.setOnAction(event -> {
            FileChooser chooser = new FileChooser();
            chooser.setTitle(texts.render("ui.review.save"));
            chooser.setInitialFileName("keyless-pull-setup.json");
            File file = chooser.showSaveDialog(getScene().getWindow());
            if (file != null) {
                SetupRequest now = request.get();
                writing.start(() -> write(now, file.toPath()));
            }
        });
        Label said = Labels.hint("");
        said.textProperty()
                .bind(writing.stateProperty()
                        .map(state -> state instanceof BackgroundTask.State.Done<Path> done
                                ? texts.render("ui.review.saved", done.value().toString())
                                : texts.render("ui.review.save.hint")));
        HBox row = new HBox(12, save, said);
        row.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(row, LoadStatus.ofFailure(texts, writing));
    }

    private static Path write(SetupRequest request, Path file) throws Failure {
        try {
            return Files.writeString(file, SetupFile.write(request));
        } catch (IOException e) {
            throw Failure.of("ui.review.notSaved", FileErrors.reason(e), file.toString());
        }
    }
}
