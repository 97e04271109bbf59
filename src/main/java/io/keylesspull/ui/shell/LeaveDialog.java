package io.keylesspull.ui.shell;

import io.keylesspull.text.Texts;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.stage.Window;

/** Asks before a run is cut off by closing the window. */
final class LeaveDialog {

    private LeaveDialog() {
    }

    /** @param undoing whether what runs takes a run back */
    static boolean confirmed(Texts texts, Window owner, boolean undoing) {
        ButtonType stay = new ButtonType(texts.render("ui.leaving.stay"), ButtonBar.ButtonData.CANCEL_CLOSE);
        ButtonType leave = new ButtonType(texts.render("ui.leaving.leave"), ButtonBar.ButtonData.OK_DONE);
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, texts.render(undoing ? "ui.leaving.undo.text" : "ui.leaving.text"), stay, leave);
        alert.initOwner(owner);
        alert.setTitle(texts.render("ui.window.title"));
        alert.setHeaderText(texts.render(undoing ? "ui.leaving.undo.title" : "ui.leaving.title"));
        alert.getDialogPane().setStyle(owner.getScene().getRoot().getStyle());
        return alert.showAndWait().filter(leave::equals).isPresent();
    }
}
