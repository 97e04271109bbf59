package io.keylesspull.practice.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * A namespace. One that was deleted is Terminating until nothing holds it any more. Source: kubernetes/kubernetes,
 * pkg/controller/namespace/deletion/namespaced_resources_deleter.go.
 *
 * @param emptied when nothing is in it any more; empty if it was not deleted
 */
record Namespace(String name, Optional<Instant> emptied) {

    boolean isTerminating() {
        return emptied.isPresent();
    }

    String phase() {
        return isTerminating() ? "Terminating" : "Active";
    }

    boolean isEmptied(Instant now) {
        return emptied.filter(at -> !at.isAfter(now)).isPresent();
    }

    Namespace deleted(Instant emptiedAt) {
        return new Namespace(name, Optional.of(emptiedAt));
    }
}
