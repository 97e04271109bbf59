package io.keylesspull.practice.clock;

import java.time.Duration;

/** How long things take in the practice cloud, as a share of what they take in Azure. */
public enum Pace {
    /**
     * As long as in Azure, as people report it: a new machine 45 s, and from its first boot cloud-init 20 s and the
     * lock of the first unattended upgrade 45 s; installing {@code docker.io} 12 s and {@code azure-cli} 35 s; a
     * registry 8 s, an import 15 s; a role 90 s until it has effect; each part of a network 3 s; a changed machine 10
     * s; a script by Run Command 3 s, by managed Run Command 15 s more than the script itself; deleting a machine or a
     * resource group 20 s.
     */
    REALISTIC(1.0),
    /** A tenth of that. */
    FAST(0.1),
    /** No time at all: operations are done before they are answered. */
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
