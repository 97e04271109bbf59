package io.keylesspull.ui.shell;

import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.RevealEvent;
import io.keylesspull.ui.component.Scrolling;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/**
 * Scrolls a page that is higher than the window; one that scrolls itself, only if it would get less than its least
 * height, such as with large text. Brings an error into view when it appears, or when its page does.
 */
final class PageScroll extends ScrollPane {

    /** A new page has its final height after more than one layout, because wrapped text needs its width first. */
    private static final int LAYOUTS = 3;

    PageScroll(Page page) {
        super(page.node());
        setFitToWidth(true);
        setFitToHeight(!page.scrolls());
        setHbarPolicy(ScrollBarPolicy.NEVER);
        getStyleClass().add("page-scroll");
        setFocusTraversable(false);
        addEventHandler(RevealEvent.REVEAL, event -> reveal((Node) event.getTarget(), LAYOUTS));
        // Before its first layout the page is not inside this pane yet, and its events do not get here.
        sceneProperty().addListener((property, before, now) -> Scrolling.afterLayout(this, this::revealFirstError));
    }

    private void revealFirstError() {
        Stream.of(".error", ".notice-danger")
                .flatMap(style -> getContent().lookupAll(style).stream())
                .filter(this::isShown)
                .findFirst()
                .ifPresent(error -> reveal(error, LAYOUTS));
    }

    private void reveal(Node node, int layouts) {
        Scrolling.afterLayout(node, () -> {
            if (isShown(node)) {
                Scrolling.intoView(this, node);
            }
            if (layouts > 1) {
                reveal(node, layouts - 1);
            }
        });
    }

    /** Whether it and everything around it is visible: the error of a hidden field is not. */
    private boolean isShown(Node node) {
        Node outer = node;
        while (outer != null && outer != this && outer.isVisible()) {
            outer = outer.getParent();
        }
        return outer == this;
    }
}
