package io.keylesspull.ui.component;

import io.keylesspull.text.Texts;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Text such as a command, with a button that copies it. */
public final class Copyable extends HBox {

    public Copyable(Texts texts, String text, String... styles) {
        getStyleClass().add("copyable");
        setAlignment(Pos.CENTER_LEFT);
        Label label = Labels.of(text, "mono");
        label.setText(Labels.breakable(label.getText()));
        label.getStyleClass().addAll(styles);
        HBox.setHgrow(label, Priority.ALWAYS);
        label.setMaxWidth(Double.MAX_VALUE);
        getChildren().addAll(label, button(texts, () -> text));
    }

    /** A button that copies what the supplier returns at that moment, and confirms it. */
    public static Button button(Texts texts, Supplier<String> text) {
        return button(texts, texts.render("ui.copy"), text);
    }

    /** The same for a word so short that the button itself shows it. */
    public static Button button(Texts texts, String word) {
        return button(texts, word, () -> word);
    }

    private static Button button(Texts texts, String label, Supplier<String> text) {
        Button copy = new Button(label, Icon.COPY.node(13));
        copy.getStyleClass().addAll("flat", "copy");
        copy.setMnemonicParsing(false);
        copy.setMinWidth(USE_PREF_SIZE);
        copy.setTooltip(new Tooltip(texts.render("ui.copy.hint")));
        copy.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(text.get());
            Clipboard.getSystemClipboard().setContent(content);
            copy.setText(texts.render("ui.copied"));
            copy.setGraphic(Icon.CHECK.node(13));
        });
        return copy;
    }
}
