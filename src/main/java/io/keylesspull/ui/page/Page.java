package io.keylesspull.ui.page;

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
}
