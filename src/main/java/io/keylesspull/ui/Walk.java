package io.keylesspull.ui;

import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Once;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.page.DonePage;
import io.keylesspull.ui.page.KeptRun;
import io.keylesspull.ui.page.Page;
import io.keylesspull.ui.page.RunWords;
import io.keylesspull.ui.page.RunningPage;
import io.keylesspull.ui.page.RunsModel;
import io.keylesspull.ui.page.SignInModel;
import io.keylesspull.ui.page.SignInPage;
import io.keylesspull.ui.page.UndoPage;
import io.keylesspull.ui.run.RunPage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The pages of one setup, from its registry to its end, or of going on with a run or taking it back; the sign-in before
 * them outlives it.
 */
final class Walk {

    /** What the pages of every walk share. */
    record Shared(SignInModel signIn, SignInPage signInPage, RunsModel runs, RunWords words) {
    }

    /** Where a walk leads out of itself. */
    interface Exits {

        /** To what taking its run back would do. */
        void undo();

        /** To another setup. */
        void another();
    }

    private final Map<WizardStep, Once<Page>> pages = new EnumMap<>(WizardStep.class);
    private final SignInModel signIn;
    /** Made with the first of them: the window stands before. */
    private final Once<SetupPages> setup;
    private final RunPage run;
    private Optional<KeptRun> kept = Optional.empty();
    private boolean undoing;

    Walk(Texts texts, Workers workers, RandomGenerator random, Shared shared,
         Function<SetupRequest, List<String>> byHand, Exits exits) {
        signIn = shared.signIn();
        setup = new Once<>(() -> new SetupPages(texts, workers, random, signIn, byHand));
        run = new RunPage(texts, workers.time(), workers.background(), exits::undo);
        put(WizardStep.SIGN_IN, shared::signInPage);
        put(WizardStep.REGISTRY, () -> setup.get().registry());
        put(WizardStep.MACHINES, () -> setup.get().machines());
        put(WizardStep.IDENTITY, () -> setup.get().identity());
        put(WizardStep.REVIEW, () -> setup.get().review());
        put(WizardStep.RUN, () -> new RunningPage(run));
        put(WizardStep.DONE, () -> new DonePage(texts, this::proven, () -> runId().orElse(""), shared.runs(),
                shared.words(), exits::undo, exits::another));
    }

    private void put(WizardStep step, Supplier<Page> page) {
        pages.put(step, new Once<>(page));
    }

    Page page(WizardStep step) {
        return pages.get(step).get();
    }

    RunPage run() {
        return run;
    }

    void startRun() {
        Session session = session();
        SetupRequest wanted = setup.get().request();
        run.start(events -> session.start(wanted, events));
    }

    /** Goes on with a run that was begun before. */
    void resume(KeptRun before) {
        kept = Optional.of(before);
        Session session = session();
        run.resume(events -> session.resume(before.run(), events));
    }

    /** Takes a run back, as the list that was shown said. */
    void undo(UndoPage.Agreed agreed) {
        kept = Optional.of(agreed.kept());
        undoing = true;
        Session session = session();
        run.undo(events -> session.undo(agreed.kept().run(), agreed.choices(), events), agreed.expected());
    }

    private Session session() {
        return signIn.signedInProperty().get().session();
    }

    /** Whether the run was not entered on the pages before, so that there is nothing there to go back to. */
    boolean begunBefore() {
        return kept.isPresent();
    }

    boolean undoing() {
        return undoing;
    }

    /** The id of the run that is shown; empty where it has none yet. */
    Optional<String> runId() {
        return Optional.ofNullable(run.run()).map(SetupRun::id).or(() -> kept.map(before -> before.run().id()));
    }

    private List<ProvenMachine> proven() {
        SetupRun shown = run.run();
        return shown == null ? List.of() : shown.proven();
    }
}
