package io.keylesspull.ui.settings;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.text.FileErrors;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.Copyable;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.component.Workers;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** What the program is, what it does not do, and what to send with a report of a fault. */
final class AboutPane extends VBox {

    private final Texts texts;
    private final BackgroundTask<String> collecting;
    private final BackgroundTask<Path> saving;
    private final TextArea shown = new TextArea();

    /** @param opener opens a file with the system's program for it; may block */
    AboutPane(Texts texts, SettingsHost.About about, Workers workers, Consumer<URI> opener) {
        this.texts = texts;
        collecting = new BackgroundTask<>(workers);
        saving = new BackgroundTask<>(workers);
        getStyleClass().add("section");
        Button collect = new Button(texts.marked("ui.about.diagnostics"));
        collect.setId("diagnostics");
        collect.setMinWidth(Region.USE_PREF_SIZE);
        collect.setOnAction(event -> collecting.start(about.diagnostics()::collect));
        getChildren()
                .addAll(
                        Labels.of(texts.render("ui.about.title"), "section-title"),
                        Labels.of(about.version()
                                .map(version -> texts.render("ui.about.version", version))
                                .orElseGet(() -> texts.render("ui.about.unpackaged"))),
                        Labels.of(texts.render("ui.about.telemetry")),
                        Labels.of(texts.render("ui.about.licence")));
        about.licences().ifPresent(file -> {
            Hyperlink link = new Hyperlink(texts.marked("ui.about.licences"));
            link.setId("licences");
            link.setOnAction(event -> workers.background().execute(() -> opener.accept(file.toUri())));
            getChildren().add(link);
        });
        getChildren()
                .addAll(
                        Labels.of(texts.render("ui.about.faults")),
                        collect,
                        new LoadStatus(texts, collecting, texts.render("ui.loading")),
                        Show.onceWhen(
                                collecting.stateProperty().map(state -> state instanceof State.Done), this::result));
        collecting.onDone(shown::setText);
    }

    private VBox result() {
        shown.setId("diagnostics-text");
        shown.setEditable(false);
        shown.setAccessibleText(texts.render("ui.about.diagnostics"));
        shown.getStyleClass().add("mono");
        shown.setPrefRowCount(10);
        Button save = new Button(texts.marked("ui.about.diagnostics.save"));
        save.setId("diagnostics-save");
        save.setMinWidth(Region.USE_PREF_SIZE);
        save.setOnAction(event -> save());
        HBox row = new HBox(12, Copyable.button(texts, shown::getText), save);
        row.setAlignment(Pos.CENTER_LEFT);
        Label said = Labels.hint("");
        said.textProperty()
                .bind(saving.stateProperty()
                        .map(state -> state instanceof State.Done<Path> done
                                ? texts.render(
                                        "ui.about.diagnostics.saved",
                                        done.value().toString())
                                : texts.render("ui.about.diagnostics.look")));
        return new VBox(8, shown, row, said, LoadStatus.ofFailure(texts, saving));
    }

    private void save() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.render("ui.about.diagnostics.save"));
        chooser.setInitialFileName("keyless-pull-diagnostics.txt");
        File file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) {
            String text = shown.getText();
            saving.start(() -> write(text, file.toPath()));
        }
    }

    private static Path write(String text, Path file) throws Failure {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw Failure.of("ui.about.notSaved", FileErrors.reason(e), file.toString());
        }
    }
}
