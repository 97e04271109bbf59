package io.keylesspull.engine.plan;

import java.util.Optional;
import java.util.function.Function;

/**
 * The name and type of something a step finds out or brings about, and others rely on.
 *
 * <p>A fact that a machine's step establishes holds for that machine alone, unless it is one for all; one that a shared
 * step establishes holds for all. A step that needs a fact takes its own machine's, or else the one for all.
 *
 * @param name unique in a plan, upper case with underscores
 * @param type what its value is
 * @param shown a value as an administrator reads it, in one line; holds no secret
 * @param forAll whether it holds for all machines, whichever machine's step establishes it
 */
public record Fact<T>(String name, Class<T> type, Function<? super T, String> shown, boolean forAll) {

    /** One and the same for all facts that are words, so that two with the same name are equal. */
    private static final Function<String, String> AS_IT_IS = word -> word;

    /** One that holds for the machine whose step establishes it. */
    public static <T> Fact<T> of(String name, Class<T> type, Function<? super T, String> shown) {
        return new Fact<>(name, type, shown, false);
    }

    /** The same for a word, a name or an id: it is shown as it is. */
    public static Fact<String> word(String name) {
        return new Fact<>(name, String.class, AS_IT_IS, false);
    }

    /** A word that holds for all machines. */
    public static Fact<String> wordForAll(String name) {
        return new Fact<>(name, String.class, AS_IT_IS, true);
    }

    /** For which machine it holds if this machine's step establishes it; empty: for all. */
    Optional<String> heldBy(Optional<String> machine) {
        return forAll ? Optional.empty() : machine;
    }
}
