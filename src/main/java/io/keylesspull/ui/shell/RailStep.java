package io.keylesspull.ui.shell;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Show;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/** One of the wizard's steps in the rail: whether it is done, and a click leads back to it if that is possible. */
final class RailStep extends Button {

    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    private final Texts texts;
    private final Navigation navigation;
    private final WizardStep step;
    private final StackPane dot = new StackPane();
    private final Label label = new Label();

    /** @param folded whether its name is only in a tooltip */
    RailStep(Texts texts, Navigation navigation, WizardStep step, ObservableValue<Boolean> folded) {
        this.texts = texts;
        this.navigation = navigation;
        this.step = step;
        dot.getStyleClass().add("rail-dot");
        label.getStyleClass().add("rail-words");
        Tooltip name = new Tooltip();
        name.textProperty().bind(label.textProperty());
        folded.addListener((property, before, now) -> setTooltip(now ? name : null));
        setTooltip(folded.getValue() ? name : null);
        HBox face = new HBox(dot, Show.when(folded.map(now -> !now), label));
        face.getStyleClass().add("rail-face");
        setGraphic(face);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        getStyleClass().setAll("rail-step");
        setId("step-" + step);
        setMaxWidth(Double.MAX_VALUE);
        managedProperty().bind(visibleProperty());
        setOnAction(event -> {
            if (navigation.canGoTo(step)) {
                navigation.go(step);
            }
        });
    }

    /** Shows where the wizard is now. */
    void refresh() {
        WizardStep here = navigation.currentProperty().get();
        boolean done = step.isBefore(here) || here == WizardStep.DONE;
        boolean current = step == here;
        pseudoClassStateChanged(DONE, done);
        if (done && dot.getChildren().isEmpty()) {
            dot.getChildren().add(Icon.CHECK.node(12));
        }
        pseudoClassStateChanged(CURRENT, current);
        boolean clickable = navigation.canGoTo(step);
        setFocusTraversable(clickable);
        setMouseTransparent(!clickable);
        // An undo proves nothing.
        setVisible(step != WizardStep.DONE || !navigation.undoing());
        String name =
                texts.render(step == WizardStep.RUN && navigation.undoing() ? "ui.step.UNDOING" : "ui.step." + step);
        label.setText(name);
        String state = current ? "ui.state.current" : done ? "ui.state.done" : "ui.state.toCome";
        setAccessibleText(name + ", " + texts.render(state));
    }
}
