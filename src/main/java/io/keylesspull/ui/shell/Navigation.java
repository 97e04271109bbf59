package io.keylesspull.ui.shell;

import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.run.RunPage;
import io.keylesspull.ui.runs.EarlierRun;
import io.keylesspull.ui.runs.UndoPage;
import io.keylesspull.ui.signin.SignInModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Which page is shown, and what <em>Next</em> and <em>Back</em> do there. */
final class Navigation {

    private static final Runnable NOTHING = () -> {};

    private final SignInModel signIn;
    private final ReadOnlyObjectWrapper<WizardStep> current = new ReadOnlyObjectWrapper<>(WizardStep.SIGN_IN);
    private final ReadOnlyBooleanWrapper canGoNext = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Page> page = new ReadOnlyObjectWrapper<>();
    /** The side pages that are open, the one that is shown first. */
    private final Deque<SidePage> openSidePages = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init") // begin() sets it
    private Supplier<WizardFlow> flows;

    @SuppressWarnings("NullAway.Init") // begin() sets it
    private Map<SidePage, Supplier<Page>> sidePages;

    @SuppressWarnings("NullAway.Init") // begin() sets it
    private WizardFlow flow;

    private Runnable afterSignIn = NOTHING;
    private Consumer<RunPage> onRun = run -> {};

    Navigation(SignInModel signIn) {
        this.signIn = signIn;
        signIn.signedInProperty().addListener((property, before, now) -> {
            if (now != null) {
                Runnable then = afterSignIn;
                afterSignIn = NOTHING;
                then.run();
            }
        });
        signIn.practiceProperty().addListener((property, before, now) -> afterSignIn = NOTHING);
    }

    /** Shows the first page. Called once, before anything else. @param flows makes the pages of one more setup */
    void begin(Supplier<WizardFlow> flows, Map<SidePage, Supplier<Page>> sidePages) {
        this.flows = flows;
        this.sidePages = Map.copyOf(sidePages);
        toStart();
    }

    /** @param watcher called each time a run's page is shown */
    void onRun(Consumer<RunPage> watcher) {
        onRun = watcher;
    }

    ReadOnlyObjectProperty<WizardStep> currentProperty() {
        return current.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Page> pageProperty() {
        return page.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty canGoNextProperty() {
        return canGoNext.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    /** The page that is shown. */
    PageName pageName() {
        if (!openSidePages.isEmpty()) {
            return openSidePages.peek();
        }
        return undoing() ? UndoRunPage.UNDOING : current.get();
    }

    /** Whether <em>Next</em> signs in first. */
    boolean signsIn() {
        return current.get() == WizardStep.SIGN_IN && signIn.signedInProperty().get() == null;
    }

    /** Whether the first page asks for more after the sign-in. */
    boolean choosesDirectory() {
        return signIn.choosesDirectory().get();
    }

    void next() {
        if (!canGoNext.get()) {
            return;
        }
        if (signsIn()) {
            afterSignIn = choosesDirectory() ? NOTHING : this::toRegistry;
            signIn.signIn();
        } else if (current.get() == WizardStep.REVIEW) {
            flow.startRun();
            go(WizardStep.RUN);
        } else if (undoing()) {
            toStart();
        } else if (current.get() != WizardStep.DONE) {
            go(current.get().next());
        }
    }

    private void toRegistry() {
        if (current.get() == WizardStep.SIGN_IN && signIn.subscriptionProperty().get() != null) {
            go(WizardStep.REGISTRY);
        }
    }

    void back() {
        if (!canGoBack.get()) {
            return;
        }
        if (!openSidePages.isEmpty()) {
            closeSidePage();
        } else if (flow.showsEarlierRun() && current.get() == WizardStep.RUN
                || flow.isOfFile() && current.get() == WizardStep.REVIEW) {
            toStart();
        } else {
            go(current.get().previous());
        }
    }

    private void closeSidePage() {
        cancelSignIn();
        openSidePages.pop();
        if (openSidePages.isEmpty()) {
            go(current.get());
        } else {
            show(openSidePages.element());
        }
    }

    /** Whether a click on a step in the rail leads there. */
    boolean canGoTo(WizardStep to) {
        boolean before = to.isBefore(current.get());
        if (!openSidePages.isEmpty() && to == current.get()) {
            return true;
        }
        if (flow.isOfFile() && to != WizardStep.SIGN_IN && to.isBefore(WizardStep.REVIEW)) {
            return false;
        }
        return switch (current.get()) {
            case RUN ->
                before
                        && ended()
                        && (undoing() || !succeeded())
                        && (!flow.showsEarlierRun() || to == WizardStep.SIGN_IN);
            case DONE -> to == WizardStep.RUN;
            default -> before;
        };
    }

    void go(WizardStep to) {
        if (!openSidePages.isEmpty()) {
            cancelSignIn();
            openSidePages.clear();
        }
        if (to == WizardStep.SIGN_IN && (flow.showsEarlierRun() || flow.isOfFile())) {
            flow = flows.get();
        }
        current.set(to);
        show(flow.page(to));
        if (to == WizardStep.RUN) {
            onRun.accept(flow.run());
        }
    }

    private void show(Page next) {
        if (page.get() != null) {
            page.get().leave();
        }
        next.open();
        page.set(next);
        canGoNext.bind(next.complete());
        canGoBack.bind(
                Bindings.createBooleanBinding(this::backPossible, flow.run().resultProperty()));
    }

    private void show(SidePage side) {
        show(Objects.requireNonNull(sidePages.get(side)).get());
    }

    void open(SidePage side) {
        cancelSignIn();
        openSidePages.push(side);
        show(side);
    }

    /** A sign-in that was started for one page is of no use on another. */
    private void cancelSignIn() {
        afterSignIn = NOTHING;
        if (signIn.work().isRunning()) {
            signIn.cancel();
        }
    }

    /** Resumes a run as soon as its administrator is signed in. */
    void resume(EarlierRun earlier) {
        if (current.get() != WizardStep.SIGN_IN || !openSidePages.isEmpty()) {
            toStart();
        }
        signedInFor(earlier.practice(), earlier.stored().request().orElseThrow(), () -> {
            flow = flows.get();
            flow.resume(earlier);
            go(WizardStep.RUN);
        });
    }

    /** Reviews what a setup file asks for, as soon as its administrator is signed in in the mode that is chosen. */
    void review(SetupRequest fromFile) {
        signedInFor(signIn.practiceProperty().get(), fromFile, () -> {
            flow = flows.get();
            flow.open(fromFile);
            go(WizardStep.REVIEW);
        });
    }

    /** Shows the first page, unless a run is under way. @return whether it is shown */
    boolean interruptForFile() {
        if (running()) {
            return false;
        }
        if (current.get() != WizardStep.SIGN_IN || !openSidePages.isEmpty()) {
            toStart();
        }
        return true;
    }

    /** Undoes a run as it was agreed to on the Undo page. */
    void undo(UndoPage.Agreed agreed) {
        flow = flows.get();
        flow.undo(agreed);
        go(WizardStep.RUN);
    }

    /** Signs in as a request says, unless that is so already, and then does something. */
    void signedInFor(boolean practice, SetupRequest request, Runnable then) {
        signIn.signInFor(practice, request);
        if (signIn.signedInProperty().get() == null) {
            afterSignIn = then;
        } else {
            then.run();
        }
    }

    /** Begins another setup with the same account. */
    void another() {
        flow = flows.get();
        go(WizardStep.REGISTRY);
    }

    /** Shows the pages that take the place of those that were made so far, the same as now first. */
    void renew(Map<SidePage, Supplier<Page>> renewedSidePages) {
        sidePages = Map.copyOf(renewedSidePages);
        flow.renew();
        if (openSidePages.isEmpty()) {
            show(flow.page(current.get()));
        } else {
            show(openSidePages.element());
        }
    }

    private void toStart() {
        flow = flows.get();
        go(WizardStep.SIGN_IN);
    }

    /** Stops what runs. Called when the window is closed. */
    void leave() {
        flow.cancel();
        page.get().leave();
        signIn.signOut();
    }

    boolean running() {
        return current.get() == WizardStep.RUN && !ended();
    }

    /** What the run that is shown is for. */
    Purpose purpose() {
        return flow.purpose();
    }

    /** Whether the Run page shows an undo. */
    boolean undoing() {
        return current.get() == WizardStep.RUN && purpose() == Purpose.UNDO;
    }

    /** The id of the run that is shown; empty before the run has one. */
    Optional<String> runId() {
        return flow.runId();
    }

    private boolean backPossible() {
        if (!openSidePages.isEmpty()) {
            return true;
        }
        return switch (current.get()) {
            case SIGN_IN -> false;
            case RUN -> ended() && !succeeded();
            default -> true;
        };
    }

    private boolean ended() {
        return flow.run().resultProperty().get() != null;
    }

    private boolean succeeded() {
        return flow.run().resultProperty().get() == RunResult.SUCCEEDED;
    }
}
