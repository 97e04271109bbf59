package io.keylesspull.ui.setup;

import io.keylesspull.setup.export.Format;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import java.io.File;
import java.nio.file.Path;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Saves the reviewed setup in a format for other programs, where the user says. */
final class ExportMenu extends VBox {

    ExportMenu(Texts texts, ReviewModel model) {
        MenuButton menu = new MenuButton(texts.marked("ui.review.export"));
        menu.setId("export-setup");
        menu.setMinWidth(USE_PREF_SIZE);
        for (Format format : Format.values()) {
            MenuItem item = new MenuItem(texts.render("ui.review.export." + format));
            item.setMnemonicParsing(false);
            item.setId("export-" + format.option());
            item.setOnAction(event -> {
                FileChooser chooser = new FileChooser();
                chooser.setTitle(texts.render("ui.review.export." + format));
                chooser.setInitialFileName(format.fileName());
                File file = chooser.showSaveDialog(getScene().getWindow());
                if (file != null) {
                    model.export(format, file.toPath());
                }
            });
            menu.getItems().add(item);
        }
        menu.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !(model.review().state() instanceof State.Done),
                        model.review().stateProperty()));
        Label said = Labels.hint("");
        said.textProperty()
                .bind(model.exporting()
                        .stateProperty()
                        .map(state -> state instanceof State.Done<Path> done
                                ? texts.render("ui.review.saved", done.value().toString())
                                : texts.render("ui.review.export.hint")));
        HBox row = new HBox(12, menu, said);
        row.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(row, LoadStatus.ofFailure(texts, model.exporting()));
    }
}
