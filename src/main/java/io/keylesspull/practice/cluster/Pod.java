package io.keylesspull.practice.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.machine.program.docker.NodePull.Pulled;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A pod with one container, and how far its node has come with it. Used under its cluster's lock only. */
final class Pod {

    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

    private final ObjectNode manifest;
    private final String node;
    private Instant next;
    private Duration backOff = FIRST_BACK_OFF;
    private Optional<String> refusal = Optional.empty();
    private boolean backingOff;
    private Optional<Pulled> pulled = Optional.empty();

    /**
     * @param node that runs it; empty if it is not scheduled
     * @param next when its node first tries to pull the image
     */
    Pod(ObjectNode manifest, String node, Instant next) {
        this.manifest = manifest;
        this.node = node;
        this.next = next;
    }

    ObjectNode manifest() {
        return manifest;
    }

    String name() {
        return manifest.at("/metadata/name").asText();
    }

    String namespace() {
        return manifest.at("/metadata/namespace").asText();
    }

    String image() {
        return manifest.at("/spec/containers/0/image").asText();
    }

    String node() {
        return node;
    }

    boolean isScheduled() {
        return !node.isEmpty();
    }

    /** Whether its node is to try now. */
    boolean isDue(Instant now) {
        return isScheduled() && pulled.isEmpty() && !next.isAfter(now);
    }

    void pulled(Pulled image) {
        pulled = Optional.of(image);
        refusal = Optional.empty();
    }

    /** The kubelet tries again, after twice the time each time, up to five minutes. */
    void refused(String message, Instant now) {
        refusal = Optional.of(message);
        backingOff = false;
        next = now.plus(backOff);
        Duration doubled = backOff.multipliedBy(2);
        backOff = doubled.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : doubled;
    }

    void backsOff() {
        backingOff = true;
    }

    Optional<Pulled> pulled() {
        return pulled;
    }

    /** Why the last pull failed. */
    Optional<String> refusal() {
        return refusal;
    }

    boolean isBackingOff() {
        return backingOff;
    }
}
