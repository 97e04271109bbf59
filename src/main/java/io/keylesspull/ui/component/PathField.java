package io.keylesspull.ui.component;

import io.keylesspull.text.Texts;
import java.io.File;
import java.util.function.Supplier;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/** The path of a file or a folder, typed or chosen in a dialog. */
public final class PathField extends HBox {

    private final TextField field = new TextField();

    /** @param name of what is chosen */
    public static PathField file(Texts texts, String name, StringProperty path) {
        PathField made = new PathField(name, path);
        made.pick(texts, path, () -> {
            FileChooser chooser = new FileChooser();
            chooser.setTitle(name);
            return chooser.showOpenDialog(made.getScene().getWindow());
        });
        return made;
    }

    /** @param name of what is chosen */
    public static PathField folder(Texts texts, String name, StringProperty path) {
        PathField made = new PathField(name, path);
        made.pick(texts, path, () -> {
            DirectoryChooser chooser = new DirectoryChooser();
            chooser.setTitle(name);
            return chooser.showDialog(made.getScene().getWindow());
        });
        return made;
    }

    private PathField(String name, StringProperty path) {
        super(8);
        field.getStyleClass().add("key-path");
        field.setAccessibleText(name);
        field.textProperty().bindBidirectional(path);
        HBox.setHgrow(field, Priority.ALWAYS);
        getChildren().add(field);
    }

    /** Shown while no path is given. */
    public void prompt(String path) {
        field.setPromptText(path);
    }

    private void pick(Texts texts, StringProperty path, Supplier<@Nullable File> chooser) {
        Button pick = new Button(texts.marked("ui.pick"));
        pick.getStyleClass().add("pick");
        pick.setMinWidth(USE_PREF_SIZE);
        pick.setOnAction(event -> {
            File file = chooser.get();
            if (file != null) {
                path.set(file.getPath());
            }
        });
        getChildren().add(pick);
    }
}
