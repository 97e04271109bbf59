package io.keylesspull.ui.shell;

import io.keylesspull.ui.remembered.Remembered;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.value.ObservableValue;

/**
 * Whether the rail is folded to a narrow one. In a narrow window the page Run has it folded unless somebody unfolds it
 * there, because the log needs the width; with large text all pages do. Everywhere else it is as it was left.
 */
final class RailFold {

    /** Below this width, in pixels, the log lacks it. */
    private static final double NARROW = 1_200;
    /** Below this one, every page. */
    private static final double TIGHT = 800;

    private final BooleanProperty everywhere;
    private final BooleanProperty unfoldedInRun;
    private final BooleanBinding lacking;
    private final BooleanBinding folded;

    /** @param width of the window, in pixels at the usual size of text */
    RailFold(Remembered remembered, ObservableValue<WizardStep> step, ObservableValue<Number> width) {
        everywhere = remembered.flag("rail.folded", false);
        unfoldedInRun = remembered.flag("rail.unfoldedInRun", false);
        lacking = Bindings.createBooleanBinding(
                () -> width.getValue().doubleValue() < (step.getValue() == WizardStep.RUN ? NARROW : TIGHT),
                step,
                width);
        folded = Bindings.createBooleanBinding(
                () -> lacking.get() ? !unfoldedInRun.get() : everywhere.get(), lacking, everywhere, unfoldedInRun);
    }

    ObservableValue<Boolean> folded() {
        return folded;
    }

    void toggle() {
        BooleanProperty choice = lacking.get() ? unfoldedInRun : everywhere;
        choice.set(!choice.get());
    }
}
