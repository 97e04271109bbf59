package io.keylesspull.ui.shell;

import io.keylesspull.engine.event.Purpose;
import io.keylesspull.text.Texts;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.stage.Window;

/** Asks before closing the window interrupts a run. */
final class LeaveDialog {

    private LeaveDialog() {}

    /**
     * Blocks, with the dialog in front of the window, until the administrator has answered.
     *
     * @param purpose of the run
     * @return whether the window is to be closed
     */
    static boolean confirmed(Texts texts, Window owner, Purpose purpose) {
        String key = purpose == Purpose.UNDO ? "ui.leaving.undo" : "ui.leaving";
        ButtonType stay = new ButtonType(texts.marked("ui.leaving.stay"), ButtonBar.ButtonData.CANCEL_CLOSE);
        ButtonType leave = new ButtonType(texts.marked("ui.leaving.leave"), ButtonBar.ButtonData.OK_DONE);
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, texts.render(key + ".text"), stay, leave);
        alert.initOwner(owner);
        alert.setTitle(texts.render("ui.window.title"));
        alert.setHeaderText(texts.render(key + ".title"));
        alert.getDialogPane().setStyle(owner.getScene().getRoot().getStyle());
        return alert.showAndWait().filter(leave::equals).isPresent();
    }
}
