package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Setting;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How Azure is at the moment, where that can be set: its delays, its quota, and what belongs to others. */
public final class Circumstances {

    /** How long a new principal is not known to role assignments; of the cloud's time, at any pace. */
    public final Setting<Duration> principalUnknown = new Setting<>();
    /** How long a role assigned from now on has no effect; of the cloud's time, at any pace. */
    public final Setting<Duration> roleWithoutEffect = new Setting<>();
    /** How many cores a region grants. */
    public final Setting<Integer> regionalCores = new Setting<>();

    private final Map<String, Fault> names = new ConcurrentHashMap<>();

    /** Gives a registry's name to a customer whom nobody here sees. */
    public Fault takeRegistryName(String name) {
        Fault fault = Fault.always(gone -> names.values().remove(gone));
        names.put(name.toLowerCase(Locale.ROOT), fault);
        return fault;
    }

    /** @param name the first label of a login server */
    public boolean isTaken(String name) {
        return Optional.ofNullable(names.get(name)).filter(Fault::strikes).isPresent();
    }
}
