package io.keylesspull.ui.shell;

import io.keylesspull.engine.event.Purpose;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.time.Once;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.run.RunPage;
import io.keylesspull.ui.run.UndoExpected;
import io.keylesspull.ui.runs.EarlierRun;
import io.keylesspull.ui.runs.UndoPage;
import io.keylesspull.ui.setup.KeyUnlocking;
import io.keylesspull.ui.setup.SetupPages;
import io.keylesspull.ui.signin.SignInModel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pages of one setup, of one that is resumed, or of one undo. The sign-in page is the same in all flows. Pages are
 * made when they are first shown: the window opens sooner.
 */
final class WizardFlow {

    private final Map<WizardStep, Supplier<Page>> pages = new EnumMap<>(WizardStep.class);
    private final SignInModel signIn;
    private final Once<SetupPages> setup;
    private final KeyUnlocking keys;
    private final RunPage run;
    private final Supplier<? extends Page> signInPage;
    private final Supplier<? extends Page> done;
    private Optional<EarlierRun> earlier = Optional.empty();
    private Purpose purpose = Purpose.SETUP;
    private boolean opened;

    /**
     * @param signInPage the first page, as it is at the moment
     * @param setup makes the pages on which a setup is entered
     * @param keys asks for the passphrases of the keys of earlier runs
     * @param done makes the last page
     */
    WizardFlow(
            SignInModel signIn,
            Supplier<? extends Page> signInPage,
            Supplier<SetupPages> setup,
            KeyUnlocking keys,
            RunPage run,
            Supplier<? extends Page> done) {
        this.keys = keys;
        this.signIn = signIn;
        this.setup = new Once<>(setup);
        this.run = run;
        this.signInPage = signInPage;
        this.done = done;
        renew();
    }

    /** Pages are made again when they are next shown. What was entered stays, and so does the page of a run. */
    void renew() {
        pages.put(WizardStep.SIGN_IN, signInPage::get);
        pages.put(WizardStep.REGISTRY, new Once<>(() -> this.setup.get().registry()));
        pages.put(WizardStep.TARGETS, new Once<>(() -> this.setup.get().targets()));
        pages.put(WizardStep.IDENTITY, new Once<>(() -> this.setup.get().identity()));
        pages.put(WizardStep.REVIEW, new Once<>(() -> this.setup.get().review()));
        pages.put(WizardStep.RUN, () -> run);
        pages.put(WizardStep.DONE, new Once<>(done));
    }

    Page page(WizardStep step) {
        return Objects.requireNonNull(pages.get(step)).get();
    }

    RunPage run() {
        return run;
    }

    void startRun() {
        Session session = session();
        SetupRequest request = setup.get().request();
        run.start(events -> session.start(request, events));
    }

    /** Reviews and sets up what a setup file asks for; there is nothing to enter. */
    void open(SetupRequest fromFile) {
        opened = true;
        setup.get().open(fromFile);
    }

    boolean isOfFile() {
        return opened;
    }

    void resume(EarlierRun unfinished) {
        earlier = Optional.of(unfinished);
        Session session = session();
        withKeys(session, unfinished, () -> run.resume(events -> session.resume(unfinished.stored(), events)));
    }

    /** Undoes a run as it was agreed to on the Undo page. */
    void undo(UndoPage.Agreed agreed) {
        earlier = Optional.of(agreed.earlier());
        purpose = Purpose.UNDO;
        Session session = session();
        withKeys(
                session,
                agreed.earlier(),
                () -> run.undo(
                        events -> session.undo(agreed.earlier().stored(), agreed.choices(), events),
                        UndoExpected.of(agreed.list(), agreed.choices())));
    }

    private void withKeys(Session session, EarlierRun shown, Runnable then) {
        shown.stored().request().ifPresentOrElse(request -> keys.before(session, request, run.node(), then), then);
    }

    /** Ends what its last page does or is about to do. */
    void cancel() {
        keys.stop();
        run.cancel();
    }

    private Session session() {
        return signIn.signedInProperty().get().session();
    }

    /** Whether it shows an earlier run, so that the setup pages have nothing to go back to. */
    boolean showsEarlierRun() {
        return earlier.isPresent();
    }

    /** What its run is for. */
    Purpose purpose() {
        return purpose;
    }

    /** The id of the run that is shown; empty before the run has one. */
    Optional<String> runId() {
        return run.run()
                .map(SetupRun::id)
                .or(() -> earlier.map(shown -> shown.stored().id()));
    }
}
