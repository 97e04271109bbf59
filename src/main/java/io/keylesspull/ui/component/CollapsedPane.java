package io.keylesspull.ui.component;

import javafx.scene.Node;
import javafx.scene.control.TitledPane;

/** What few need, folded away until asked for. */
public final class CollapsedPane extends TitledPane {

    public CollapsedPane(String title, Node content) {
        super(title, content);
        getStyleClass().add("more");
        setExpanded(false);
        setAnimated(false);
    }
}
