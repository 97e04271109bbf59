package io.keylesspull.ui;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.ui.page.KeptRun;
import io.keylesspull.ui.page.Page;
import io.keylesspull.ui.page.SignInModel;
import io.keylesspull.ui.page.UndoPage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Which page is in sight, and what going on and going back mean there. */
final class Navigation {

    private static final Runnable NOTHING = () -> { };

    private final SignInModel signIn;
    private final ReadOnlyObjectWrapper<WizardStep> current = new ReadOnlyObjectWrapper<>(WizardStep.SIGN_IN);
    private final ReadOnlyBooleanWrapper mayGoOn = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper mayGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Page> page = new ReadOnlyObjectWrapper<>();
    private final Deque<Aside> asides = new ArrayDeque<>();
    private Supplier<Walk> walks;
    private Map<Aside, Supplier<Page>> asidePages;
    private Walk walk;
    private Runnable whenSignedIn = NOTHING;

    Navigation(SignInModel signIn) {
        this.signIn = signIn;
        signIn.signedInProperty().addListener((property, before, now) -> {
            if (now != null) {
                Runnable then = whenSignedIn;
                whenSignedIn = NOTHING;
                then.run();
            }
        });
        signIn.practiceProperty().addListener((property, before, now) -> whenSignedIn = NOTHING);
    }

    /** Before anything else. @param another makes the pages of another setup @param beside those beside the way */
    void begin(Supplier<Walk> another, Map<Aside, Supplier<Page>> beside) {
        walks = another;
        asidePages = Map.copyOf(beside);
        toStart();
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

    /** The page beside the way that is in sight; empty where it is one of the way. */
    Optional<Aside> aside() {
        return Optional.ofNullable(asides.peek());
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
            whenSignedIn = practice() ? this::toRegistry : NOTHING;
            signIn.signIn();
        } else if (current.get() == WizardStep.REVIEW) {
            walk.startRun();
            go(WizardStep.RUN);
        } else if (undoing()) {
            toStart();
        } else if (current.get() != WizardStep.DONE) {
            go(WizardStep.values()[current.get().ordinal() + 1]);
        }
    }

    private void toRegistry() {
        if (current.get() == WizardStep.SIGN_IN && signIn.subscriptionProperty().get() != null) {
            go(WizardStep.REGISTRY);
        }
    }

    void back() {
        if (!mayGoBack.get()) {
            return;
        }
        if (!asides.isEmpty()) {
            stopSigningIn();
            asides.pop();
            if (asides.isEmpty()) {
                go(current.get());
            } else {
                show(asidePages.get(asides.peek()).get());
            }
        } else if (walk.begunBefore() && current.get() == WizardStep.RUN) {
            toStart();
        } else {
            go(WizardStep.values()[current.get().ordinal() - 1]);
        }
    }

    /** Whether a click in the rail leads there. */
    boolean mayGo(WizardStep to) {
        boolean before = to.ordinal() < current.get().ordinal();
        if (!asides.isEmpty() && to == current.get()) {
            return true;
        }
        return switch (current.get()) {
            case RUN -> before && ended() && (undoing() || !succeeded())
                    && (!walk.begunBefore() || to == WizardStep.SIGN_IN);
            case DONE -> to == WizardStep.RUN;
            default -> before;
        };
    }

    void go(WizardStep to) {
        if (!asides.isEmpty()) {
            stopSigningIn();
            asides.clear();
        }
        if (to == WizardStep.SIGN_IN && walk.begunBefore()) {
            walk = walks.get();
        }
        current.set(to);
        show(walk.page(to));
    }

    private void show(Page next) {
        if (page.get() != null) {
            page.get().leave();
        }
        next.open();
        page.set(next);
        mayGoOn.bind(Bindings.createBooleanBinding(() -> next.right().getValue(), next.right()));
        mayGoBack.bind(Bindings.createBooleanBinding(this::backwards, walk.run().resultProperty()));
    }

    /** Opens a page beside the way. */
    void open(Aside aside) {
        stopSigningIn();
        asides.push(aside);
        show(asidePages.get(aside).get());
    }

    /** A sign-in that was begun on one page for something there is of no use on another. */
    private void stopSigningIn() {
        whenSignedIn = NOTHING;
        if (signIn.work().isRunning()) {
            signIn.cancel();
        }
    }

    /** Goes on with a run once its administrator is signed in. */
    void resume(KeptRun kept) {
        if (current.get() != WizardStep.SIGN_IN || !asides.isEmpty()) {
            toStart();
        }
        signedInFor(kept.practice(), kept.run().request().orElseThrow(), () -> {
            walk = walks.get();
            walk.resume(kept);
            go(WizardStep.RUN);
        });
    }

    /** Takes a run back, as it was agreed to. */
    void undo(UndoPage.Agreed agreed) {
        walk = walks.get();
        walk.undo(agreed);
        go(WizardStep.RUN);
    }

    /** Does something once somebody is signed in as they were for a request. */
    void signedInFor(boolean practice, SetupRequest request, Runnable then) {
        signIn.signInFor(practice, request);
        if (signIn.signedInProperty().get() == null) {
            whenSignedIn = then;
        } else {
            then.run();
        }
    }

    /** Begins another setup with the same account. */
    void another() {
        walk = walks.get();
        go(WizardStep.REGISTRY);
    }

    private void toStart() {
        walk = walks.get();
        go(WizardStep.SIGN_IN);
    }

    /** Stops what runs, as the window is being closed. */
    void leave() {
        if (walk == null) {
            return;
        }
        walk.run().cancel();
        page.get().leave();
        signIn.signOut();
    }

    boolean running() {
        return current.get() == WizardStep.RUN && !ended();
    }

    /** Whether the Run page shows a run that is being taken back. */
    boolean undoing() {
        return current.get() == WizardStep.RUN && walk.undoing();
    }

    /** The id of the run on the Run page; empty where it has none yet. */
    Optional<String> runId() {
        return walk.runId();
    }

    private boolean backwards() {
        if (!asides.isEmpty()) {
            return true;
        }
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
