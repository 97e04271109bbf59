package io.keylesspull.practice.fault;

/**
 * Which of the matches of a fault it strikes, counted from 1.
 *
 * @param first the first of them, at least 1
 * @param last the last of them, not before the first
 */
public record Occasions(int first, int last) {

    public Occasions {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("no occasions: " + first + " to " + last);
        }
    }

    public static Occasions always() {
        return from(1);
    }

    /** The first so many matches; what comes later goes well. */
    public static Occasions first(int matches) {
        return new Occasions(1, matches);
    }

    /** One match alone. @param match 2 for the second, and so on */
    public static Occasions only(int match) {
        return new Occasions(match, match);
    }

    /** This match and all after it. */
    public static Occasions from(int match) {
        return new Occasions(match, Integer.MAX_VALUE);
    }

    boolean include(int match) {
        return match >= first && match <= last;
    }
}
