package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TailTest {

    private final Tail tail = new Tail(100_000);

    @Test
    void aTextWithinTheLimitIsKeptWhole() {
        tail.append("");
        tail.append("one ");
        tail.append("two");

        assertThat(tail.text()).isEqualTo("one two");
        assertThat(tail.truncated()).isFalse();
    }

    @Test
    void ofALongerTextTheLastPartIsKeptHoweverItComes() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; all.length() < 400_000; i++) {
            String chunk = "piece " + i + ",".repeat(i % 3_000);
            all.append(chunk);
            tail.append(chunk);
        }

        assertThat(tail.text()).isEqualTo(all.substring(all.length() - 100_000));
        assertThat(tail.truncated()).isTrue();
    }

    @Test
    void halfACharacterAtTheBeginningIsLeftOut() {
        tail.append("\ud83d\udc33" + "x".repeat(99_999));

        assertThat(tail.text()).isEqualTo("x".repeat(99_999));
        assertThat(tail.truncated()).isTrue();
    }
}
