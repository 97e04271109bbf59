package io.keylesspull.ui.component;

import io.keylesspull.text.Texts;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.VBox;

/** Asks for the passphrase of a private key. */
public final class PassphraseDialog {

    private PassphraseDialog() {}

    /**
     * Blocks, with the dialog in front of the window, until the administrator has answered.
     *
     * @param over the dialog is shown in front of its window
     * @param key the file with the key
     * @param wrong whether another passphrase was given before
     * @return empty if the administrator does not give it
     */
    public static Optional<char[]> ask(Texts texts, Node over, String key, boolean wrong) {
        ButtonType unlock = new ButtonType(texts.marked("ui.passphrase.unlock"), ButtonBar.ButtonData.OK_DONE);
        ButtonType without = new ButtonType(texts.marked("ui.passphrase.without"), ButtonBar.ButtonData.CANCEL_CLOSE);
        PasswordField field = new PasswordField();
        field.setId("passphrase");
        Label label = Labels.of(texts.render("ui.passphrase.label"), "field-label");
        label.setLabelFor(field);
        VBox content = new VBox(Labels.of(texts.render("ui.passphrase.text", key)), label, field);
        content.getStyleClass().add("passphrase");
        if (wrong) {
            content.getChildren().add(Labels.of(texts.render("ui.passphrase.wrong"), "error"));
        }
        Dialog<char[]> dialog = new Dialog<>();
        dialog.setTitle(texts.render("ui.window.title"));
        dialog.setHeaderText(texts.render("ui.passphrase.title"));
        dialog.getDialogPane().setContent(content);
        dialog.getDialogPane().getButtonTypes().addAll(unlock, without);
        dialog.getDialogPane()
                .lookupButton(unlock)
                .disableProperty()
                .bind(field.textProperty().isEmpty());
        dialog.setResultConverter(button -> button == unlock ? field.getText().toCharArray() : null);
        dialog.setOnShown(shown -> Platform.runLater(field::requestFocus));
        Optional.ofNullable(over.getScene()).map(Scene::getWindow).ifPresent(window -> {
            dialog.initOwner(window);
            dialog.getDialogPane().setStyle(over.getScene().getRoot().getStyle());
            dialog.getDialogPane().getStylesheets().setAll(over.getScene().getStylesheets());
        });
        return dialog.showAndWait();
    }
}
