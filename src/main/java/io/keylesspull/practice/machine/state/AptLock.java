package io.keylesspull.practice.machine.state;

import io.keylesspull.time.Time;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** {@code /var/lib/dpkg/lock-frontend}: only one process at a time changes packages. */
public final class AptLock {

    /** Which file it is. Of these, apt's {@code DPkg::Lock::Timeout} covers {@link #FRONTEND} alone (apt 2.6.1). */
    public enum File {
        /** Held by {@code apt-get update}. */
        LISTS("/var/lib/apt/lists/lock"),
        /** Held by all that installs and removes. */
        FRONTEND("/var/lib/dpkg/lock-frontend"),
        /** Held on top of that by what fetches packages. */
        ARCHIVES("/var/cache/apt/archives/lock");

        private final String path;

        File(String path) {
            this.path = path;
        }

        public String path() {
            return path;
        }
    }

    /** @param description as apt names it, such as {@code 1234 (apt-get)} */
    public record Holder(String description) {

        /** A process that runs a program. */
        public static Holder of(String program, RandomGenerator random) {
            return new Holder(2000 + random.nextInt(8000) + " (" + program + ")");
        }

        public String processId() {
            return description.split(" ")[0];
        }
    }

    private static final Holder UNATTENDED_UPGRADE = new Holder("1234 (unattended-upgr)");

    private final Time time;
    private Instant upgradeEnds = Instant.MIN;
    private @Nullable Holder holder;

    AptLock(Time time) {
        this.time = time;
    }

    public synchronized void holdUntil(Instant end) {
        upgradeEnds = end;
    }

    /** @return who holds it already; empty if the process holds it now */
    public synchronized Optional<Holder> take(Holder asker) {
        if (holder == null && time.now().isBefore(upgradeEnds)) {
            return Optional.of(UNATTENDED_UPGRADE);
        }
        if (holder != null) {
            return Optional.of(holder);
        }
        holder = asker;
        return Optional.empty();
    }

    public synchronized void release(Holder asker) {
        if (holder == asker) {
            holder = null;
        }
    }
}
