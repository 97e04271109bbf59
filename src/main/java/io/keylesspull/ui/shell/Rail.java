package io.keylesspull.ui.shell;

import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.signin.SignInModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

/** The wizard's steps, and below them who is signed in and whether this is practice. Blank until it is filled. */
final class Rail extends VBox {

    private static final PseudoClass FOLDED = PseudoClass.getPseudoClass("folded");

    Rail() {
        getStyleClass().add("rail");
    }

    void fill(Texts texts, Navigation navigation, SignInModel signIn, RailFold fold) {
        List<Runnable> words = new ArrayList<>();
        ObservableValue<Boolean> folded = fold.folded();
        ObservableValue<Boolean> open = folded.map(now -> !now);
        Label name = new Label(texts.render("ui.window.title"), Icon.REGISTRY.node(24));
        name.getStyleClass().add("rail-name");
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox head = new HBox(Show.when(open, name), toggle(texts, fold, words));
        head.getStyleClass().add("rail-head");
        getChildren().add(head);
        List<RailStep> steps = Stream.of(WizardStep.values())
                .map(step -> new RailStep(texts, navigation, step, folded))
                .toList();
        getChildren().addAll(steps);
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        getChildren()
                .addAll(
                        space,
                        Show.when(
                                open,
                                new StackPane(
                                        Show.onceWhen(signIn.signedInProperty().isNotNull(), () -> account(signIn)))),
                        practice(texts, signIn, folded, words));
        folded.addListener((property, before, now) -> pseudoClassStateChanged(FOLDED, now));
        pseudoClassStateChanged(FOLDED, folded.getValue());
        Runnable refresh = () -> {
            steps.forEach(RailStep::refresh);
            words.forEach(Runnable::run);
        };
        navigation.currentProperty().addListener((property, before, now) -> refresh.run());
        navigation.canGoBackProperty().addListener((property, before, now) -> refresh.run());
        navigation.pageProperty().addListener((property, before, now) -> refresh.run());
        refresh.run();
    }

    /** @param words gets what says its words again, in the language that is spoken then */
    private static Button toggle(Texts texts, RailFold fold, List<Runnable> words) {
        Button button = new Button(null, Icon.DOWN.node(12));
        button.setId("rail-fold");
        button.getStyleClass().addAll("flat", "button-icon", "rail-fold");
        Tooltip tip = new Tooltip();
        Runnable say = () -> tip.setText(texts.render(fold.folded().getValue() ? "ui.rail.unfold" : "ui.rail.fold"));
        fold.folded().addListener((property, before, now) -> say.run());
        words.add(say);
        button.setTooltip(tip);
        button.accessibleTextProperty().bind(tip.textProperty());
        button.setOnAction(event -> fold.toggle());
        // Or it would be the first to get the focus, and Enter would fold; the keyboard has F9.
        button.setFocusTraversable(false);
        return button;
    }

    private static VBox account(SignInModel signIn) {
        Label subscription = line("rail-subscription");
        subscription
                .textProperty()
                .bind(signIn.subscriptionProperty()
                        .map(Subscription::name)
                        .map(Visible::of)
                        .orElse(""));
        Label who = line("hint");
        ObservableValue<String> name =
                signIn.signedInProperty().map(now -> now.session().account().name());
        who.textProperty().bind(name.map(Visible::of).orElse(""));
        Label directory = line("hint");
        directory.setId("rail-directory");
        directory
                .textProperty()
                .bind(signIn.tenantProperty().map(Tenant::name).map(Visible::of).orElse(""));
        ObservableValue<Boolean> several =
                signIn.signedInProperty().map(now -> now.tenants().size() > 1).orElse(false);
        VBox box = new VBox(subscription, Show.when(several, directory), who);
        box.getStyleClass().add("rail-account");
        return box;
    }

    /** One line. If it is too long, its middle is left out, and the tooltip has all of it. */
    private static Label line(String style) {
        Label label = new Label();
        label.getStyleClass().add(style);
        label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(label.textProperty());
        label.setTooltip(whole);
        return label;
    }

    /** @param words as above */
    private static VBox practice(
            Texts texts, SignInModel signIn, ObservableValue<Boolean> folded, List<Runnable> words) {
        Label label = new Label(null, Icon.PRACTICE.node(13));
        label.getStyleClass().add("practice-title");
        label.setId("practice-label");
        label.contentDisplayProperty().bind(folded.map(now -> now ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT));
        Label hint = Labels.of("", "practice-hint");
        Tooltip both = new Tooltip();
        label.setTooltip(both);
        words.add(() -> {
            label.setText(texts.render("ui.practice.label"));
            hint.setText(texts.render("ui.practice.label.hint"));
            both.setText(label.getText() + "\n" + hint.getText());
        });
        VBox box = new VBox(label, Show.when(folded.map(now -> !now), hint));
        box.getStyleClass().add("practice");
        return Show.when(signIn.practiceProperty(), box);
    }
}
