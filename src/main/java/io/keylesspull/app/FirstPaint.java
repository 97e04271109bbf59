package io.keylesspull.app;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;

/** Runs an action once a window is painted for the first time. Made and used on the JavaFX thread. */
final class FirstPaint extends AnimationTimer {

    private final Node root;
    private final Runnable then;
    private int pulses;

    private FirstPaint(Node root, Runnable then) {
        this.root = root;
        this.then = then;
    }

    /** @param root of the window's scene */
    static void then(Node root, Runnable then) {
        new FirstPaint(root, then).start();
    }

    @Override
    public void handle(long now) {
        pulses++;
        // The first pulse lays out the scene and hands it to the renderer, which paints one picture after the other. A
        // snapshot of one pixel is ready only after the window's picture is.
        if (pulses == 2) {
            stop();
            SnapshotParameters dot = new SnapshotParameters();
            dot.setViewport(new Rectangle2D(0, 0, 1, 1));
            root.snapshot(
                    drawn -> {
                        Platform.runLater(then);
                        return null;
                    },
                    dot,
                    new WritableImage(1, 1));
        }
    }
}
