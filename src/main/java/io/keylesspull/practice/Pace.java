package io.keylesspull.practice;

import java.time.Duration;

/** How long things take in the practice cloud, as a share of what they take in Azure. */
public enum Pace {
    /** As long as in Azure: a new machine 45 s, a role 90 s. */
    REALISTIC(1.0),
    /** A tenth of that. */
    FAST(0.1),
    /** No time at all: what Azure would go on doing in the background is done when it answers. */
    INSTANT(0);

    private final double share;

    Pace(double share) {
        this.share = share;
    }

    /** @param inAzure how long it takes in Azure */
    public Duration of(Duration inAzure) {
        return Duration.ofMillis(Math.round(inAzure.toMillis() * share));
    }
}
