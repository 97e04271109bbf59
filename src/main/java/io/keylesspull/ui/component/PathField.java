package io.keylesspull.ui.component;

import io.keylesspull.text.Texts;
import java.io.File;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.stage.FileChooser;

/** A file's path, typed or chosen in a dialog. */
public final class PathField extends HBox {

    public PathField(Texts texts, StringProperty path) {
        super(8);
        TextField field = new TextField();
        field.getStyleClass().add("key-path");
        field.textProperty().bindBidirectional(path);
        HBox.setHgrow(field, Priority.ALWAYS);
        Button pick = new Button(texts.render("ui.pick"));
        pick.setMinWidth(USE_PREF_SIZE);
        pick.setOnAction(event -> {
            FileChooser chooser = new FileChooser();
            chooser.setTitle(texts.render("ui.machines.keyPath"));
            File file = chooser.showOpenDialog(getScene().getWindow());
            if (file != null) {
                path.set(file.getPath());
            }
        });
        getChildren().addAll(field, pick);
    }
}
