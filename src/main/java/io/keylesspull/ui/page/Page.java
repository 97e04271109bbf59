package io.keylesspull.ui.page;

import javafx.scene.Node;

/** One page of the wizard. */
public interface Page {

    Node node();

    /** What takes the focus when the page opens; it may be null. */
    Node first();
}
