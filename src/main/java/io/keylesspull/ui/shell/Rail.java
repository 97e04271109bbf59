package io.keylesspull.ui.shell;

import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.signin.SignInModel;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The wizard's steps, and below them who is signed in and whether this is practice. Blank until it is filled. */
final class Rail extends VBox {

    Rail() {
        getStyleClass().add("rail");
    }

    void fill(Texts texts, Navigation navigation, SignInModel signIn) {
        Label name = new Label(texts.render("ui.window.title"), Icon.REGISTRY.node(24));
        name.getStyleClass().add("rail-name");
        getChildren().add(name);
        List<RailStep> steps = Stream.of(WizardStep.values())
                .map(step -> new RailStep(texts, navigation, step))
                .toList();
        getChildren().addAll(steps);
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        getChildren()
                .addAll(
                        space,
                        Show.onceWhen(signIn.signedInProperty().isNotNull(), () -> account(signIn)),
                        practice(texts, signIn));
        Runnable refresh = () -> steps.forEach(RailStep::refresh);
        navigation.currentProperty().addListener((property, before, now) -> refresh.run());
        navigation.canGoBackProperty().addListener((property, before, now) -> refresh.run());
        navigation.pageProperty().addListener((property, before, now) -> refresh.run());
        refresh.run();
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

    private static VBox practice(Texts texts, SignInModel signIn) {
        Label label = new Label(texts.render("ui.practice.label"), Icon.PRACTICE.node(13));
        label.getStyleClass().add("practice-title");
        label.setId("practice-label");
        VBox box = new VBox(label, Labels.of(texts.render("ui.practice.label.hint"), "practice-hint"));
        box.getStyleClass().add("practice");
        return Show.when(signIn.practiceProperty(), box);
    }
}
