package io.keylesspull.ui.page;

import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Background;
import io.keylesspull.ui.component.Copyable;
import io.keylesspull.ui.component.LoadNote;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.component.Words;
import io.keylesspull.ui.page.SignInModel.SignedIn;
import java.net.URI;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Signing in while it goes on: the code to enter where there is one, cancelling, and why it failed. */
final class SignInProgress extends VBox {

    private final Texts texts;
    private final Consumer<URI> browser;

    /** @param cancellable whether it brings its own way to cancel; else the page around it has one */
    SignInProgress(Texts texts, SignInModel model, Consumer<URI> browser, boolean cancellable) {
        this.texts = texts;
        this.browser = browser;
        getStyleClass().add("sign-in-progress");
        VBox code = new VBox();
        code.getStyleClass().add("device-code");
        model.deviceCodeProperty().addListener((property, before, now) -> show(code, now));
        show(code, model.deviceCodeProperty().get());
        Button cancel = new Button(texts.render("ui.cancel"));
        cancel.setOnAction(event -> model.cancel());
        ObservableValue<Boolean> running = model.work().stateProperty()
                .map(state -> cancellable && state instanceof Background.State.Running<SignedIn>);
        getChildren().addAll(Show.when(model.deviceCodeProperty().isNotNull(), code),
                new LoadNote(texts, model.work(), texts.render("ui.signIn.waiting")),
                Show.when(running, new HBox(cancel)));
        Show.when(Bindings.createBooleanBinding(() -> model.work().isRunning()
                || model.work().state() instanceof Background.State.Failed<SignedIn>,
                model.work().stateProperty()), this);
    }

    private void show(VBox box, DeviceCode code) {
        box.getChildren().clear();
        if (code != null) {
            Hyperlink link = new Hyperlink(code.verificationUri().toString());
            link.setOnAction(event -> browser.accept(code.verificationUri()));
            box.getChildren().setAll(Words.of(texts.render("ui.signIn.code")), link,
                    new Copyable(texts, code.userCode(), "code"));
        }
    }
}
