package io.keylesspull.engine.plan;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The facts that a run has established so far. Thread-safe. */
public final class Facts {

    private record Key(Fact<?> fact, Optional<String> machine) {}

    private final Map<Key, Object> values = new ConcurrentHashMap<>();

    /** @param machine whose step establishes it; empty for a shared fact */
    public <T> void put(Fact<T> fact, Optional<String> machine, T value) {
        values.put(new Key(fact, fact.heldBy(machine)), fact.type().cast(value));
    }

    /** The machine's own value, or else the shared one. */
    public <T> Optional<T> find(Fact<T> fact, Optional<String> machine) {
        Object own = values.get(new Key(fact, machine));
        Object value = own != null ? own : values.get(new Key(fact, Optional.empty()));
        return Optional.ofNullable(fact.type().cast(value));
    }

    public boolean holds(Fact<?> fact, Optional<String> machine) {
        return values.containsKey(new Key(fact, fact.heldBy(machine)));
    }
}
