package io.keylesspull.app.cli;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Session;
import io.keylesspull.text.Texts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks at the terminal for the passphrases of private keys. Where there is no terminal nobody is asked, and the check
 * of the key says why it cannot be used.
 */
final class Passphrases {

    private static final int MOST = 3;

    private final Function<String, Optional<char[]>> terminal;
    private final Texts texts;

    Passphrases(Function<String, Optional<char[]>> terminal, Texts texts) {
        this.terminal = terminal;
        this.texts = texts;
    }

    void ask(Session session, SetupRequest request) throws Failure, InterruptedException {
        for (Path key : session.lockedKeys(request)) {
            String question = texts.render("app.passphrase", key.toString());
            for (int asked = 0; asked < MOST; asked++) {
                String now = asked == 0 ? question : texts.render("app.passphrase.wrong") + " " + question;
                Optional<char[]> typed =
                        Answer.of(() -> terminal.apply(now + " ")).filter(any -> any.length > 0);
                if (typed.isEmpty() || session.unlock(key, typed.get())) {
                    break;
                }
            }
        }
    }
}
