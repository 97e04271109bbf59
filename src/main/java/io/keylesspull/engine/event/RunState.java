package io.keylesspull.engine.event;

import io.keylesspull.engine.event.RunEvent.ChangeBegun;
import io.keylesspull.engine.event.RunEvent.ChangeDone;
import io.keylesspull.engine.event.RunEvent.ChangeReverted;
import io.keylesspull.engine.event.RunEvent.ResourceCreated;
import io.keylesspull.engine.event.RunEvent.ResourceCreating;
import io.keylesspull.engine.event.RunEvent.ResourceDeleted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has left in the world: the resources it made, the changes it made to what was there. Read from its events,
 * over all its tries. Safe for use by many threads.
 */
public final class RunState {

    /**
     * A resource that this run made, or began to.
     *
     * @param id      the Azure resource id
     * @param machine for which machine; empty where all share it
     * @param sure    whether Azure said that it was made; where not, the run was cut off or refused before
     */
    public record Resource(String id, Optional<String> machine, boolean sure) {
    }

    /**
     * A change that this run made, or began to.
     *
     * @param machine to which machine; empty where it is to something that all share
     * @param sure    whether it is known to have been made
     */
    public record Changed(Change change, Optional<String> machine, boolean sure) {
    }

    private record Place(Change change, Optional<String> machine) {
    }

    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Map<Place, Changed> changes = new LinkedHashMap<>();

    /** What a list of events leaves behind. */
    public static RunState of(List<RunEvent> events) {
        RunState state = new RunState();
        events.forEach(state::accept);
        return state;
    }

    /** Takes one more event into account. */
    public synchronized void accept(RunEvent event) {
        if (event instanceof ResourceCreating creating) {
            resources.putIfAbsent(key(creating.resourceId()),
                    new Resource(creating.resourceId(), creating.step().machine(), false));
        } else if (event instanceof ResourceCreated created) {
            resources.put(key(created.resourceId()),
                    new Resource(created.resourceId(), created.step().machine(), true));
        } else if (event instanceof ResourceDeleted deleted) {
            resources.remove(key(deleted.resourceId()));
        } else if (event instanceof ChangeBegun begun) {
            Place place = new Place(begun.change(), begun.step().machine());
            changes.putIfAbsent(place, new Changed(place.change(), place.machine(), false));
        } else if (event instanceof ChangeDone done) {
            Place place = new Place(done.change(), done.step().machine());
            changes.put(place, new Changed(place.change(), place.machine(), true));
        } else if (event instanceof ChangeReverted reverted) {
            changes.remove(new Place(reverted.change(), reverted.step().machine()));
        }
    }

    /** In the order in which they were begun. */
    public synchronized List<Resource> resources() {
        return List.copyOf(resources.values());
    }

    /** In the order in which they were begun. */
    public synchronized List<Changed> changes() {
        return List.copyOf(changes.values());
    }

    /** @param resourceId compared without case, as Azure does */
    public synchronized Optional<Resource> resource(String resourceId) {
        return Optional.ofNullable(resources.get(key(resourceId)));
    }

    public synchronized boolean changed(Change change, Optional<String> machine) {
        return changes.containsKey(new Place(change, machine));
    }

    public synchronized boolean cutOff(Change change, Optional<String> machine) {
        Changed changed = changes.get(new Place(change, machine));
        return changed != null && !changed.sure();
    }

    /** Whether nothing is left. */
    public synchronized boolean isEmpty() {
        return resources.isEmpty() && changes.isEmpty();
    }

    private static String key(String resourceId) {
        return resourceId.toLowerCase(Locale.ROOT);
    }
}
