package io.keylesspull.ui.component;

import java.util.Optional;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** One page of the wizard. Made and used on the JavaFX thread. */
public interface Page {

    /** What the page looks like; the same node each time. */
    Node node();

    /** What gets the focus when the page is shown; empty for the wizard's own buttons. */
    default Optional<Node> initialFocus() {
        return Optional.empty();
    }

    /** Whether all input is there and valid, so that <em>Next</em> can be pressed. Never on a page without it. */
    default ObservableValue<Boolean> complete() {
        return new SimpleBooleanProperty(false);
    }

    /** Called each time the page is shown. */
    default void open() {}

    /** Called each time another page takes its place: stops work whose result nobody will see. */
    default void leave() {}

    /** The button that takes the place of <em>Next</em>; empty for none. */
    default Optional<Node> action() {
        return Optional.empty();
    }

    /** Whether the window scrolls the page if it is too high; if not, the page fills the window and scrolls itself. */
    default boolean scrolls() {
        return true;
    }
}
