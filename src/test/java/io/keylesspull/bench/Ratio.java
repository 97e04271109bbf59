package io.keylesspull.bench;

import java.util.Locale;

/**
 * What was wanted beside what was measured.
 *
 * @param exact whether it is counted, or measured in virtual time, and so the same on every computer
 */
public record Ratio(String what, String wanted, double measured, boolean met, boolean exact) {

    static Ratio atMost(String what, double bound, double measured) {
        return new Ratio(what, "≤ " + number(bound), measured, measured <= bound, true);
    }

    static Ratio atLeast(String what, double bound, double measured) {
        return new Ratio(what, "≥ " + number(bound), measured, measured >= bound, true);
    }

    /** The same, by the wall clock: other work on the computer changes it. */
    Ratio byTheWallClock() {
        return new Ratio(what, wanted, measured, met, false);
    }

    /** Whether the build has to fail. */
    boolean missedForCertain() {
        return exact && !met;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%s", value);
    }
}
