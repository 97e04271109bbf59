package io.keylesspull.engine.plan;

import java.util.Optional;

/**
 * The name and type of something a step finds out or brings about, and others rely on.
 *
 * <p>A fact that a machine's step establishes holds for that machine alone, unless it is one for all; one that a shared
 * step establishes holds for all. A step that needs a fact takes its own machine's, or else the one for all.
 *
 * @param name   unique in a plan, upper case with underscores
 * @param type   what its value is
 * @param forAll whether it holds for all machines, whichever machine's step establishes it
 */
public record Fact<T>(String name, Class<T> type, boolean forAll) {

    /** One that holds for the machine whose step establishes it. */
    public Fact(String name, Class<T> type) {
        this(name, type, false);
    }

    /** For which machine it holds where this machine's step establishes it; empty: for all. */
    Optional<String> heldBy(Optional<String> machine) {
        return forAll ? Optional.empty() : machine;
    }
}
