package io.keylesspull.ui.component;

import javafx.scene.Node;
import javafx.scene.control.TitledPane;

/** A titled pane that is collapsed at first: for what few people need. */
public final class CollapsedPane extends TitledPane {

    public CollapsedPane(String title, Node content) {
        super(title, content);
        getStyleClass().add("more");
        // A screen reader would say the mark, and there may be a name in the title.
        setMnemonicParsing(false);
        setExpanded(false);
        setAnimated(false);
        // A long title ends in an ellipsis, and does not make the page wider than the window.
        setMinWidth(0);
    }
}
