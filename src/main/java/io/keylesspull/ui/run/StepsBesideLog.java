package io.keylesspull.ui.run;

import javafx.beans.property.DoubleProperty;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;

/**
 * The list of steps, a divider, and the log, which gets the width that is left. Where the divider is, is remembered.
 */
final class StepsBesideLog extends SplitPane {

    private static final double STEPS = 0.3;
    private static final double LEAST = 210;
    private static final double MOST = 380;

    private final Region steps;
    private final DoubleProperty width;
    private boolean placed;

    /** @param width of the steps in pixels; 0 if nobody has chosen one */
    StepsBesideLog(Region steps, Region log, DoubleProperty width) {
        super(steps, log);
        this.steps = steps;
        this.width = width;
        setResizableWithParent(steps, false);
        steps.setMinWidth(160);
        log.setMinWidth(330);
        // Only a hand on the divider is a choice: it moves by itself too, when the window gets narrow.
        addEventFilter(javafx.scene.input.MouseEvent.MOUSE_RELEASED, event -> keep());
    }

    private void keep() {
        if (placed && Math.abs(steps.getWidth() - expected()) > 1) {
            width.set(steps.getWidth());
        }
    }

    private double expected() {
        return width.get() > 0 ? width.get() : Math.max(LEAST, Math.min(MOST, getWidth() * STEPS));
    }

    @Override
    protected void layoutChildren() {
        if (!placed && getWidth() > 0) {
            placed = true;
            setDividerPositions(expected() / getWidth());
        }
        super.layoutChildren();
    }
}
