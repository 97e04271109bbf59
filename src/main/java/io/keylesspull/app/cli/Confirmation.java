package io.keylesspull.app.cli;

import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Asks yes-or-no questions at the terminal. After the input has ended, none is asked: the answer to all is no. */
final class Confirmation {

    private static final int MOST = 3;

    private final BufferedReader in;
    private final PrintWriter out;
    private final boolean echoes;
    private final Texts texts;
    private boolean ended;

    /** @param echoes whether an answer is printed after its question, because nobody types it at a terminal */
    Confirmation(BufferedReader in, PrintWriter out, boolean echoes, Texts texts) {
        this.in = in;
        this.out = out;
        this.echoes = echoes;
        this.texts = texts;
    }

    /**
     * Asks again if the answer is neither yes nor no, but not for ever: the input may be no terminal, and somebody who
     * answers nothing of the sort has not said yes.
     */
    boolean yes(Text question) throws InterruptedException {
        for (int asked = 0; asked < MOST && !ended; asked++) {
            out.print(texts.render(question) + " [y/N] ");
            out.flush();
            Optional<String> answer = Answer.of(this::line);
            String word = answer.orElse("").strip().toLowerCase(Locale.ROOT);
            if (answer.isEmpty()) {
                ended = true;
                out.println();
                noAnswer();
                return false;
            }
            if (echoes) {
                out.println(Visible.inSentence(answer.get()));
                out.flush();
            }
            if (word.equals("y") || word.equals("yes")) {
                return true;
            }
            if (word.isEmpty() || word.equals("n") || word.equals("no")) {
                return false;
            }
        }
        if (!ended) {
            noAnswer();
        }
        return false;
    }

    private void noAnswer() {
        out.println(texts.render("app.noAnswer"));
        out.flush();
    }

    private Optional<String> line() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
