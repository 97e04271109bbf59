package io.keylesspull.ui.component;

import javafx.beans.binding.Bindings;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/** As high as its content, up to a maximum; higher content is scrolled. */
public final class MaxHeightPane extends ScrollPane {

    /** @param max in pixels */
    public MaxHeightPane(double max, Region content) {
        super(content);
        getStyleClass().add("page-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        // The height of wrapped text follows from its width, so it is known after the layout only.
        prefViewportHeightProperty().bind(Bindings.min(max, content.heightProperty()));
        minViewportHeightProperty().bind(prefViewportHeightProperty());
        maxHeightProperty().bind(prefViewportHeightProperty());
    }
}
