package io.keylesspull.setup.picture;

import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.setup.picture.Part.Kind;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.request.SetupRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who gets access to what: targets use an identity, which holds a role on the registry, which contains the image, which
 * the targets pull.
 *
 * @param rows machines, the scale set and clusters, as far as there are any
 * @param pulled how far the pulls have got
 * @param digest that was pulled; empty until a pull is proven
 */
public record Picture(List<Row> rows, Part registry, Part image, State pulled, Optional<String> digest) {

    public Picture {
        rows = List.copyOf(rows);
    }

    /**
     * Targets of one kind and how they get access.
     *
     * @param targets at least one
     * @param uses whether the targets have the identity
     * @param role that the identity holds on the registry
     */
    public record Row(List<Part> targets, State uses, Part identity, Part role) {

        public Row {
            targets = List.copyOf(targets);
        }

        public Kind kind() {
            return targets.get(0).kind();
        }

        /** How many targets have got how far; those that none has are left out. */
        public Map<State, Integer> counts() {
            Map<State, Integer> counts = new TreeMap<>();
            targets.forEach(target -> counts.merge(target.state(), 1, Integer::sum));
            return counts;
        }

        /** How far the targets have got together. */
        public State state() {
            return State.of(targets.stream().map(Part::state).toList());
        }
    }

    /** What a request asks for, before anything is done. */
    public static Picture planned(SetupRequest request) {
        return of(request, List.of());
    }

    /** The same, with what exists already as far as the review has found out. */
    public static Picture reviewed(SetupRequest request, Review review) {
        Progress progress = new Progress();
        review.changes()
                .forEach(entry -> progress.looked(entry.step(), entry.preview().kind()));
        return progress.picture(request);
    }

    /** @param events of all attempts so far */
    public static Picture of(SetupRequest request, Iterable<RunEvent> events) {
        Progress progress = new Progress();
        events.forEach(progress::accept);
        return progress.picture(request);
    }
}
