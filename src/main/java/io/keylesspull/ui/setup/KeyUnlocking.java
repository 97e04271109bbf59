package io.keylesspull.ui.setup;

import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Session;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.PassphraseDialog;
import io.keylesspull.ui.component.Workers;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;

/**
 * Asks for the passphrases of the private keys that a request names, before they are used. Whoever does not give one
 * goes on nevertheless: the check of that key says why it cannot be used. Called on the JavaFX thread.
 */
public final class KeyUnlocking {

    private final Texts texts;
    private final Workers workers;
    private BackgroundTask<List<Path>> looking;
    private BackgroundTask<Boolean> unlocking;

    public KeyUnlocking(Texts texts, Workers workers) {
        this.texts = texts;
        this.workers = workers;
        this.looking = new BackgroundTask<>(workers);
        this.unlocking = new BackgroundTask<>(workers);
    }

    /**
     * @param over the questions are asked in front of its window
     * @param then runs when all is asked
     */
    public void before(Session session, SetupRequest request, Node over, Runnable then) {
        stop();
        looking = new BackgroundTask<>(workers);
        looking.stateProperty().addListener((property, before, now) -> {
            if (now instanceof State.Done<List<Path>> done) {
                next(session, done.value(), over, false, then);
            } else if (now instanceof State.Failed) {
                then.run();
            }
        });
        looking.start(() -> session.lockedKeys(request));
    }

    /** Asks no more, and runs nothing after it. */
    public void stop() {
        looking.stop();
        unlocking.stop();
    }

    private void next(Session session, List<Path> locked, Node over, boolean wrong, Runnable then) {
        if (locked.isEmpty()) {
            then.run();
            return;
        }
        List<Path> others = locked.subList(1, locked.size());
        PassphraseDialog.ask(texts, over, locked.get(0).toString(), wrong)
                .ifPresentOrElse(
                        passphrase -> unlock(session, locked, passphrase, over, then),
                        () -> next(session, others, over, false, then));
    }

    private void unlock(Session session, List<Path> locked, char[] passphrase, Node over, Runnable then) {
        List<Path> others = locked.subList(1, locked.size());
        unlocking = new BackgroundTask<>(workers);
        unlocking.stateProperty().addListener((property, before, now) -> {
            if (now instanceof State.Done<Boolean> done) {
                boolean open = done.value();
                next(session, open ? others : locked, over, !open, then);
            } else if (now instanceof State.Failed) {
                next(session, others, over, false, then);
            }
        });
        unlocking.start(() -> session.unlock(locked.get(0), passphrase));
    }
}
