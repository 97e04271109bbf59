package io.keylesspull.practice.fault;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The faults of one kind of subject. Safe for use by many threads.
 *
 * @param <S> what is struck, such as a request
 * @param <W> what goes wrong with it
 */
public final class Rules<S, W> {

    private record Rule<S, W>(Predicate<? super S> which, W what, Fault fault) {}

    private final List<Rule<S, W>> rules = new CopyOnWriteArrayList<>();

    /** Sets one, after those that are there. */
    public Fault add(Predicate<? super S> which, Occasions when, W what) {
        Fault fault = new Fault(when, gone -> rules.removeIf(rule -> rule.fault == gone));
        rules.add(new Rule<>(which, what, fault));
        return fault;
    }

    /** What goes wrong this time: at most one thing. A rule sees only what the rules before it have let through. */
    public Optional<W> strike(S subject) {
        for (Rule<S, W> rule : rules) {
            if (rule.which.test(subject) && rule.fault.strikes()) {
                return Optional.of(rule.what);
            }
        }
        return Optional.empty();
    }
}
