package io.keylesspull.ui.component;

import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.MouseEvent;

/** Which part of a scroll pane's content is in view, and changing it. Correct only while the layout is up to date. */
public final class Scrolling {

    /** Free space, in pixels, above and below what is scrolled into view. */
    private static final double MARGIN = 8;

    private Scrolling() {}

    /** Runs an action after the next layout. Not if the node is in no scene, now or then. */
    public static void afterLayout(Node node, Runnable action) {
        Scene scene = node.getScene();
        if (scene == null) {
            return;
        }
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                scene.removePostLayoutPulseListener(this);
                if (node.getScene() == scene) {
                    action.run();
                }
            }
        });
        Platform.requestNextPulse();
    }

    /** @param node inside the pane's content */
    public static boolean isInView(ScrollPane pane, Node node) {
        Bounds bounds = inContent(pane, node);
        double top = top(pane);
        return bounds.getMinY() >= top
                && bounds.getMaxY() <= top + pane.getViewportBounds().getHeight();
    }

    /**
     * Scrolls no further than needed. If the node is higher than the view, its top is shown.
     *
     * @param node inside the pane's content
     */
    public static void intoView(ScrollPane pane, Node node) {
        intoView(pane, node, MARGIN);
    }

    /** The same. @param below how much is shown of what is below the node, in pixels */
    public static void intoView(ScrollPane pane, Node node, double below) {
        Bounds bounds = inContent(pane, node);
        double viewport = pane.getViewportBounds().getHeight();
        double top = top(pane);
        double wanted = Math.max(top, bounds.getMaxY() + below - viewport);
        wanted = Math.min(wanted, bounds.getMinY() - MARGIN);
        double hidden = pane.getContent().getLayoutBounds().getHeight() - viewport;
        if (hidden > 0) {
            pane.setVvalue(Math.max(0, Math.min(1, wanted / hidden)));
        }
    }

    private static Bounds inContent(ScrollPane pane, Node node) {
        return pane.getContent().sceneToLocal(node.localToScene(node.getLayoutBounds()));
    }

    /** How much of the content is above the viewport, in pixels. */
    private static double top(ScrollPane pane) {
        double hidden = pane.getContent().getLayoutBounds().getHeight()
                - pane.getViewportBounds().getHeight();
        return Math.max(0, hidden) * pane.getVvalue();
    }

    /** Whether an event is about a scroll bar. */
    public static boolean onScrollBar(MouseEvent event) {
        for (Node node = (Node) event.getTarget(); node != null; node = node.getParent()) {
            if (node instanceof ScrollBar) {
                return true;
            }
        }
        return false;
    }
}
