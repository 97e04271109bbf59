package io.keylesspull.ui.signin;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.signin.SignInModel.SignedIn;
import java.net.URI;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A sign-in under way: the code to enter, if there is one, and why it failed. */
public final class SignInProgress extends VBox {

    /** For a page that has a way to cancel the sign-in itself. */
    public SignInProgress(Texts texts, SignInModel model, Consumer<URI> browser) {
        getStyleClass().add("sign-in-progress");
        getChildren()
                .addAll(
                        Show.when(
                                model.deviceCodeProperty().isNotNull(),
                                new DeviceCodeCard(texts, model.time(), model.deviceCodeProperty(), browser)),
                        new LoadStatus(texts, model.work(), texts.render("ui.signIn.waiting")));
        Show.when(
                Bindings.createBooleanBinding(
                        () -> model.work().isRunning()
                                || model.work().state() instanceof BackgroundTask.State.Failed<SignedIn>,
                        model.work().stateProperty()),
                this);
    }

    /** With a button that cancels the sign-in. */
    static SignInProgress withCancel(Texts texts, SignInModel model, Consumer<URI> browser) {
        Button cancel = new Button(texts.marked("ui.cancel"));
        cancel.setOnAction(event -> model.cancel());
        ObservableValue<Boolean> running =
                model.work().stateProperty().map(state -> state instanceof BackgroundTask.State.Running<SignedIn>);
        SignInProgress progress = new SignInProgress(texts, model, browser);
        progress.getChildren().add(Show.when(running, new HBox(cancel)));
        return progress;
    }
}
