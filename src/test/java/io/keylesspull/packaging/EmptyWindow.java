package io.keylesspull.packaging;

import atlantafx.base.theme.PrimerLight;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.Background;
import javafx.scene.layout.BorderPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;

/** What the start of the wizard is compared with: a window of the same size in the same theme, with nothing in it. */
public final class EmptyWindow {

    private EmptyWindow() {}

    public static void main(String[] args) {
        Platform.startup(() -> {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            BorderPane root = new BorderPane();
            root.setBackground(Background.fill(
                    Color.rgb(Framebuffer.RAIL >> 16, Framebuffer.RAIL >> 8 & 0xff, Framebuffer.RAIL & 0xff)));
            Stage stage = new Stage();
            stage.setScene(new Scene(root, 1000, 700));
            stage.show();
        });
    }
}
