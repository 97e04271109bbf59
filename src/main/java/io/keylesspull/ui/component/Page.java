package io.keylesspull.ui.component;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** One page of the wizard. */
public interface Page {

    Node node();

    /** What takes the focus when the page opens; it may be null. */
    Node first();

    /** Whether everything on it is right, so that the wizard can go on. */
    ObservableValue<Boolean> right();

    /** Called each time it comes into sight. */
    void open();

    /** Called each time it goes out of sight: lets go of work that nobody will look at. */
    default void leave() {
    }

    /** What is done here in place of going on; null where there is no such thing. */
    default Node action() {
        return null;
    }

    /** Whether it is scrolled where it is higher than the window; else it fills the window and scrolls by itself. */
    default boolean scrolls() {
        return true;
    }
}
