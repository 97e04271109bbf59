package io.keylesspull.ui.shell;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Icon;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/** One step of the way in the rail: whether it is done, and the way back to it where there is one. */
final class RailStep extends Button {

    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    private final Texts texts;
    private final Navigation navigation;
    private final WizardStep step;
    private final StackPane dot = new StackPane();
    private final Label words = new Label();

    RailStep(Texts texts, Navigation navigation, WizardStep step) {
        this.texts = texts;
        this.navigation = navigation;
        this.step = step;
        dot.getStyleClass().add("rail-dot");
        words.getStyleClass().add("rail-words");
        HBox face = new HBox(dot, words);
        face.getStyleClass().add("rail-face");
        setGraphic(face);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        getStyleClass().setAll("rail-step");
        setId("step-" + step);
        setMaxWidth(Double.MAX_VALUE);
        managedProperty().bind(visibleProperty());
        setOnAction(event -> {
            if (navigation.mayGo(step)) {
                navigation.go(step);
            }
        });
    }

    /** Shows where the wizard is now. */
    void refresh() {
        int here = navigation.currentProperty().get().ordinal();
        boolean done = step.ordinal() < here || here == WizardStep.DONE.ordinal();
        boolean current = step.ordinal() == here;
        pseudoClassStateChanged(DONE, done);
        if (done && dot.getChildren().isEmpty()) {
            dot.getChildren().add(Icon.CHECK.node(12));
        }
        pseudoClassStateChanged(CURRENT, current);
        boolean clickable = navigation.mayGo(step);
        setFocusTraversable(clickable);
        setMouseTransparent(!clickable);
        // Taking a run back has no page of what was proven.
        setVisible(step != WizardStep.DONE || !navigation.undoing());
        String name = texts.render(step == WizardStep.RUN && navigation.undoing() ? "ui.step.UNDOING"
                : "ui.step." + step);
        words.setText(name);
        String state = current ? "ui.state.current" : done ? "ui.state.done" : "ui.state.toCome";
        setAccessibleText(name + ", " + texts.render(state));
    }
}
