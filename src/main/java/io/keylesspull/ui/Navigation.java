package io.keylesspull.ui;

import io.keylesspull.engine.RunEvent.RunResult;
import io.keylesspull.ui.page.Page;
import io.keylesspull.ui.page.SignInModel;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Which page is in sight, and what going on and going back mean there. */
final class Navigation {

    private final SignInModel signIn;
    private final Supplier<Walk> walks;
    private final ReadOnlyObjectWrapper<WizardStep> current = new ReadOnlyObjectWrapper<>(WizardStep.SIGN_IN);
    private final ReadOnlyBooleanWrapper mayGoOn = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper mayGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Page> page = new ReadOnlyObjectWrapper<>();
    private Walk walk;
    private boolean goOnWhenSignedIn;

    /** @param walks makes the pages of another setup */
    Navigation(SignInModel signIn, Supplier<Walk> walks) {
        this.signIn = signIn;
        this.walks = walks;
        signIn.signedInProperty().addListener((property, before, now) -> {
            if (now != null && goOnWhenSignedIn && current.get() == WizardStep.SIGN_IN
                    && signIn.subscriptionProperty().get() != null) {
                go(WizardStep.REGISTRY);
            }
        });
        signIn.practiceProperty().addListener((property, before, now) -> goOnWhenSignedIn = false);
    }

    void begin() {
        walk = walks.get();
        go(WizardStep.SIGN_IN);
    }

    ReadOnlyObjectProperty<WizardStep> currentProperty() {
        return current.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Page> pageProperty() {
        return page.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty mayGoOnProperty() {
        return mayGoOn.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty mayGoBackProperty() {
        return mayGoBack.getReadOnlyProperty();
    }

    /** Whether going on means signing in first. */
    boolean signsIn() {
        return current.get() == WizardStep.SIGN_IN && signIn.signedInProperty().get() == null;
    }

    boolean practice() {
        return signIn.practiceProperty().get();
    }

    void next() {
        if (!mayGoOn.get()) {
            return;
        }
        if (signsIn()) {
            // Practice has nothing more to ask; after Azure's sign-in there are directory and subscription to choose.
            goOnWhenSignedIn = signIn.practiceProperty().get();
            signIn.signIn();
        } else if (current.get() == WizardStep.REVIEW) {
            walk.startRun();
            walk.leaveReview();
            go(WizardStep.RUN);
        } else if (current.get() != WizardStep.DONE) {
            go(WizardStep.values()[current.get().ordinal() + 1]);
        }
    }

    void back() {
        if (mayGoBack.get()) {
            go(WizardStep.values()[current.get().ordinal() - 1]);
        }
    }

    /** Whether a click in the rail leads there. */
    boolean mayGo(WizardStep to) {
        boolean before = to.ordinal() < current.get().ordinal();
        return switch (current.get()) {
            case RUN -> before && ended() && !succeeded();
            case DONE -> to == WizardStep.RUN;
            default -> before;
        };
    }

    void go(WizardStep to) {
        if (current.get() == WizardStep.REVIEW && to != WizardStep.RUN) {
            walk.leaveReview();
        }
        Page next = walk.page(to);
        next.open();
        current.set(to);
        page.set(next);
        mayGoOn.bind(Bindings.createBooleanBinding(() -> next.right().getValue(), next.right()));
        mayGoBack.bind(Bindings.createBooleanBinding(this::backwards, walk.run().resultProperty()));
    }

    /** Begins another setup with the same account. */
    void another() {
        walk = walks.get();
        go(WizardStep.REGISTRY);
    }

    /** Stops what runs, as the window is being closed. */
    void leave() {
        walk.run().cancel();
        walk.leaveReview();
        signIn.signOut();
    }

    boolean running() {
        return current.get() == WizardStep.RUN && !ended();
    }

    private boolean backwards() {
        return switch (current.get()) {
            case SIGN_IN -> false;
            case RUN -> ended() && !succeeded();
            default -> true;
        };
    }

    private boolean ended() {
        return walk.run().resultProperty().get() != null;
    }

    private boolean succeeded() {
        return walk.run().resultProperty().get() == RunResult.SUCCEEDED;
    }
}
