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

/** Opens the pages on which an earlier run is resumed, undone or looked at. */
final class EarlierRunActions implements RunActions {

    private final Navigation navigation;
    private final SignInModel signIn;
    private final UndoModel undo;
    private final Supplier<StoredLogPage> log;
    private final Workers workers;
    private final Consumer<URI> opener;

    /** @param opener opens an address, such as a folder's, with the system's program for it; may block */
    EarlierRunActions(
            Navigation navigation,
            SignInModel signIn,
            UndoModel undo,
            Supplier<StoredLogPage> log,
            Workers workers,
            Consumer<URI> opener) {
        this.navigation = navigation;
        this.signIn = signIn;
        this.undo = undo;
        this.log = log;
        this.workers = workers;
        this.opener = opener;
    }

    @Override
    public void resume(EarlierRun earlier) {
        navigation.resume(earlier);
    }

    @Override
    public void undo(EarlierRun earlier) {
        navigation.open(SidePage.UNDO);
        navigation.signedInFor(
                earlier.practice(),
                earlier.stored().request().orElseThrow(),
                () -> lookUp(earlier.practice(), earlier.stored().id()));
    }

    /** Shows what undoing the run on the Run page would do. Its administrator is signed in. */
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
    public void showLog(EarlierRun earlier) {
        navigation.open(SidePage.LOG);
        log.get().show(earlier);
    }

    @Override
    public void openFolder(EarlierRun earlier) {
        workers.background()
                .execute(() -> opener.accept(earlier.stored().folder().toUri()));
    }
}
