package io.keylesspull.ui.component;

import javafx.beans.binding.Bindings;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/** As high as its content, up to a bound; from there on its content is scrolled. */
public final class MaxHeightPane extends ScrollPane {

    private final DoubleProperty most = new SimpleDoubleProperty();

    /** @param most the bound, in pixels */
    public MaxHeightPane(double most, Region content) {
        super(content);
        this.most.set(most);
        getStyleClass().add("page-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        // Wrapped text has its height only once it has its width, so the height follows from the layout.
        prefViewportHeightProperty().bind(Bindings.min(this.most, content.heightProperty()));
        minViewportHeightProperty().bind(prefViewportHeightProperty());
        maxHeightProperty().bind(prefViewportHeightProperty());
    }

    public DoubleProperty mostProperty() {
        return most;
    }
}
