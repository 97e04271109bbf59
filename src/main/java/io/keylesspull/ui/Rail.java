package io.keylesspull.ui;

import io.keylesspull.azure.Subscription;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.component.Words;
import io.keylesspull.ui.page.SignInModel;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The way through the wizard, and below it who is signed in and whether this is practice. */
final class Rail extends VBox {

    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    private final Texts texts;
    private final Navigation navigation;
    private final List<Button> steps = new ArrayList<>();
    private final List<StackPane> dots = new ArrayList<>();
    private final List<Label> names = new ArrayList<>();

    Rail(Texts texts, Navigation navigation, SignInModel signIn) {
        this.texts = texts;
        this.navigation = navigation;
        getStyleClass().add("rail");
        Label name = new Label(texts.render("ui.window.title"), Icon.REGISTRY.node(24));
        name.getStyleClass().add("rail-name");
        getChildren().add(name);
        for (WizardStep step : WizardStep.values()) {
            Button button = step(step);
            steps.add(button);
            getChildren().add(button);
        }
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        getChildren().addAll(space, Show.onceWhen(signIn.signedInProperty().isNotNull(), () -> account(signIn)),
                practice(signIn));
        navigation.currentProperty().addListener((property, before, now) -> refresh());
        navigation.mayGoBackProperty().addListener((property, before, now) -> refresh());
        navigation.pageProperty().addListener((property, before, now) -> refresh());
        refresh();
    }

    private Button step(WizardStep step) {
        StackPane dot = new StackPane();
        dot.getStyleClass().add("rail-dot");
        dots.add(dot);
        Label words = new Label(texts.render("ui.step." + step));
        words.getStyleClass().add("rail-words");
        names.add(words);
        HBox face = new HBox(dot, words);
        face.getStyleClass().add("rail-face");
        Button button = new Button();
        button.setGraphic(face);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().setAll("rail-step");
        button.setId("step-" + step);
        button.setMaxWidth(Double.MAX_VALUE);
        button.managedProperty().bind(button.visibleProperty());
        button.setOnAction(event -> {
            if (navigation.mayGo(step)) {
                navigation.go(step);
            }
        });
        return button;
    }

    private VBox account(SignInModel signIn) {
        Label subscription = line("rail-subscription");
        subscription.textProperty().bind(signIn.subscriptionProperty().map(Subscription::name).map(Visible::of).orElse(""));
        Label who = line("hint");
        ObservableValue<String> name = signIn.signedInProperty().map(now -> now.session().account().name());
        who.textProperty().bind(name.map(Visible::of).orElse(""));
        VBox box = new VBox(subscription, who);
        box.getStyleClass().add("rail-account");
        return box;
    }

    /** One line, whose middle gives way where it is too long; the whole stands in its tooltip. */
    private static Label line(String style) {
        Label label = new Label();
        label.getStyleClass().add(style);
        label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(label.textProperty());
        label.setTooltip(whole);
        return label;
    }

    private VBox practice(SignInModel signIn) {
        Label label = new Label(texts.render("ui.practice.label"), Icon.PRACTICE.node(13));
        label.getStyleClass().add("practice-title");
        label.setId("practice-label");
        VBox box = new VBox(label, Words.of(texts.render("ui.practice.label.hint"), "practice-hint"));
        box.getStyleClass().add("practice");
        return Show.when(signIn.practiceProperty(), box);
    }

    private void refresh() {
        int here = navigation.currentProperty().get().ordinal();
        for (WizardStep step : WizardStep.values()) {
            Button button = steps.get(step.ordinal());
            boolean done = step.ordinal() < here || here == WizardStep.DONE.ordinal();
            boolean current = step.ordinal() == here;
            button.pseudoClassStateChanged(DONE, done);
            if (done && dots.get(step.ordinal()).getChildren().isEmpty()) {
                dots.get(step.ordinal()).getChildren().add(Icon.CHECK.node(12));
            }
            button.pseudoClassStateChanged(CURRENT, current);
            boolean clickable = navigation.mayGo(step);
            button.setFocusTraversable(clickable);
            button.setMouseTransparent(!clickable);
            // Taking a run back has no page of what was proven.
            button.setVisible(step != WizardStep.DONE || !navigation.undoing());
            String name = texts.render(step == WizardStep.RUN && navigation.undoing() ? "ui.step.UNDOING"
                    : "ui.step." + step);
            names.get(step.ordinal()).setText(name);
            String state = current ? "ui.state.current" : done ? "ui.state.done" : "ui.state.toCome";
            button.setAccessibleText(name + ", " + texts.render(state));
        }
    }
}
