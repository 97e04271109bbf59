package io.keylesspull.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpectedTest {

    private static final Expected EXPECTED = new Expected("""
            proven after 0..1 s; met 1 times
            waits: 1..2 × something
            undo: as …
            """);

    private static boolean met(String seen) {
        return EXPECTED.isMetBy(seen);
    }

    @Test
    void numbersInASpanAndAnyWordsFit() {
        assertThat(met("proven after 1 s; met 1 times\nwaits: 2 × something\nundo: as before\n"))
                .isTrue();
        assertThat(met("proven after 2 s; met 1 times\nwaits: 2 × something\nundo: as before\n"))
                .isFalse();
        assertThat(met("proven after 1 s; met 1 times\nundo: as before\n")).isFalse();
    }
}
