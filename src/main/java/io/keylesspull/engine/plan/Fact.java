package io.keylesspull.engine.plan;

import java.util.Optional;
import java.util.function.Function;

/**
 * The name and type of a value that one step establishes and others need.
 *
 * <p>A fact that a machine's step establishes holds for that machine only, unless {@code forAll} is set. A fact that a
 * shared step establishes holds for all machines. A step that needs a fact gets its own machine's value, or else the
 * shared one.
 *
 * @param name unique in a plan, upper case with underscores
 * @param type the type of its value
 * @param shown formats a value for the administrator, in one line without secrets
 * @param forAll whether it holds for all machines, whichever machine's step establishes it
 */
public record Fact<T>(String name, Class<T> type, Function<? super T, String> shown, boolean forAll) {

    /** The same object for all text facts, so that two with the same name are equal. */
    private static final Function<String, String> AS_IT_IS = word -> word;

    /** A fact that holds for the machine whose step establishes it. */
    public static <T> Fact<T> of(String name, Class<T> type, Function<? super T, String> shown) {
        return new Fact<>(name, type, shown, false);
    }

    /** The same for a text such as a name or an id, which is shown unchanged. */
    public static Fact<String> word(String name) {
        return new Fact<>(name, String.class, AS_IT_IS, false);
    }

    /** A text fact that holds for all machines. */
    public static Fact<String> wordForAll(String name) {
        return new Fact<>(name, String.class, AS_IT_IS, true);
    }

    /** The machine it holds for if this machine's step establishes it; empty for all machines. */
    Optional<String> heldBy(Optional<String> machine) {
        return forAll ? Optional.empty() : machine;
    }
}
