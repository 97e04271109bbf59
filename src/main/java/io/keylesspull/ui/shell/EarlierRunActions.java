package io.keylesspull.ui.shell;

import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.runs.EarlierRun;
import io.keylesspull.ui.runs.RunActions;
import io.keylesspull.ui.runs.StoredLogPage;
import io.keylesspull.ui.runs.UndoModel;
import io.keylesspull.ui.signin.SignInModel;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Leads from a run that was begun before to where it is gone on with, taken back, or looked at. */
final class EarlierRunActions implements RunActions {

    private final Navigation navigation;
    private final SignInModel signIn;
    private final UndoModel undo;
    private final Supplier<StoredLogPage> log;
    private final Workers workers;
    private final Consumer<URI> opener;

    /** @param opener opens an address, a folder's too, in the system's own way; may block */
    EarlierRunActions(Navigation navigation, SignInModel signIn, UndoModel undo, Supplier<StoredLogPage> log,
             Workers workers, Consumer<URI> opener) {
        this.navigation = navigation;
        this.signIn = signIn;
        this.undo = undo;
        this.log = log;
        this.workers = workers;
        this.opener = opener;
    }

    @Override
    public void goOn(EarlierRun kept) {
        navigation.resume(kept);
    }

    @Override
    public void undo(EarlierRun kept) {
        navigation.open(SidePage.UNDO);
        navigation.signedInFor(kept.practice(), kept.run().request().orElseThrow(),
                () -> lookUp(kept.practice(), kept.run().id()));
    }

    /** The same for the run that the wizard shows, whose administrator is signed in. */
    void undoShown() {
        navigation.runId().ifPresent(id -> {
            navigation.open(SidePage.UNDO);
            lookUp(signIn.practiceProperty().get(), id);
        });
    }

    private void lookUp(boolean practice, String id) {
        undo.open(signIn.signedInProperty().get().session(), practice, id);
    }

    @Override
    public void showLog(EarlierRun kept) {
        navigation.open(SidePage.LOG);
        log.get().show(kept);
    }

    @Override
    public void openFolder(EarlierRun kept) {
        workers.background().execute(() -> opener.accept(kept.run().folder().toUri()));
    }
}
