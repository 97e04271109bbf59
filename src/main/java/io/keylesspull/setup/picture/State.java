package io.keylesspull.setup.picture;

import java.util.Collection;
import java.util.List;

/** How far a run has got with something in the picture. */
public enum State {
    /** Nothing was done about it yet. */
    PLANNED,
    /** Some of it is done, or it is being done. */
    WORKING,
    /** It is there as wanted: found, made or changed. */
    THERE,
    /** A pull by it is proven. */
    PROVEN,
    FAILED,
    /** The run stopped before it was done. */
    STOPPED;

    private static final List<State> WORST_FIRST = List.of(FAILED, STOPPED, WORKING);

    /** Of several things together; {@link #WORKING} while some are done and others not. */
    static State of(Collection<State> several) {
        for (State bad : WORST_FIRST) {
            if (several.contains(bad)) {
                return bad;
            }
        }
        List<State> all = several.stream().distinct().toList();
        return all.isEmpty() ? PLANNED : all.size() == 1 ? all.get(0) : WORKING;
    }
}
