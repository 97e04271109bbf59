package io.keylesspull.engine.event;

import io.keylesspull.engine.event.RunEvent.ChangeBegun;
import io.keylesspull.engine.event.RunEvent.ChangeDone;
import io.keylesspull.engine.event.RunEvent.ChangeReverted;
import io.keylesspull.engine.event.RunEvent.CommandEnded;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.CommandStarted;
import io.keylesspull.engine.event.RunEvent.FactEstablished;
import io.keylesspull.engine.event.RunEvent.ResourceCreated;
import io.keylesspull.engine.event.RunEvent.ResourceCreating;
import io.keylesspull.engine.event.RunEvent.ResourceDeleted;
import io.keylesspull.engine.event.RunEvent.RunEnded;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepBlocked;
import io.keylesspull.engine.event.RunEvent.StepCancelled;
import io.keylesspull.engine.event.RunEvent.StepEvent;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepProgress;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has left behind: the resources it created, and its changes to what existed before. Computed from its
 * events, over all its attempts. Thread-safe.
 */
public final class RunState {

    /**
     * A resource that this run created or started to create.
     *
     * @param id the Azure resource id
     * @param machine the machine it is for; empty if all machines share it
     * @param sure whether Azure confirmed that it was created; if not, the run was interrupted or the request failed
     */
    public record Resource(String id, Optional<String> machine, boolean sure) {}

    /**
     * A change that this run made or started to make.
     *
     * @param machine the changed machine; empty if something shared was changed
     * @param sure whether it is known to have been made
     */
    public record Changed(Change change, Optional<String> machine, boolean sure) {}

    private record Place(Change change, Optional<String> machine) {}

    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Map<Place, Changed> changes = new LinkedHashMap<>();
    private final Recording recording = new Recording();
    private boolean begun;

    /** The state after these events. */
    public static RunState of(List<RunEvent> events) {
        RunState state = new RunState();
        events.forEach(state::accept);
        return state;
    }

    /** Adds one event. */
    public synchronized void accept(RunEvent event) {
        event.accept(recording);
    }

    /** In the order in which they were begun. */
    public synchronized List<Resource> resources() {
        return List.copyOf(resources.values());
    }

    /** In the order in which they were begun. */
    public synchronized List<Changed> changes() {
        return List.copyOf(changes.values());
    }

    /** @param resourceId case does not matter, as in Azure */
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

    /** Whether it never began to make or change anything. Otherwise, if nothing is left, that was taken back since. */
    public synchronized boolean madeNothing() {
        return !begun;
    }

    private static String key(String resourceId) {
        return resourceId.toLowerCase(Locale.ROOT);
    }

    /** Applies the events that change the state; ignores the others. */
    private final class Recording implements RunEvent.Visitor<Void> {

        @Override
        public Void runStarted(RunStarted event) {
            return null;
        }

        @Override
        public Void stepStarted(StepStarted event) {
            return null;
        }

        @Override
        public Void stepProgress(StepProgress event) {
            return null;
        }

        @Override
        public Void stepWaiting(StepWaiting event) {
            return null;
        }

        @Override
        public Void commandStarted(CommandStarted event) {
            return null;
        }

        @Override
        public Void commandOutput(CommandOutput event) {
            return null;
        }

        @Override
        public Void commandEnded(CommandEnded event) {
            return null;
        }

        @Override
        public Void resourceCreating(ResourceCreating event) {
            begun = true;
            resources.putIfAbsent(
                    key(event.resourceId()),
                    new Resource(event.resourceId(), event.step().machine(), false));
            return null;
        }

        @Override
        public Void resourceCreated(ResourceCreated event) {
            begun = true;
            resources.put(
                    key(event.resourceId()),
                    new Resource(event.resourceId(), event.step().machine(), true));
            return null;
        }

        @Override
        public Void resourceDeleted(ResourceDeleted event) {
            resources.remove(key(event.resourceId()));
            return null;
        }

        @Override
        public Void changeBegun(ChangeBegun event) {
            begun = true;
            changes.putIfAbsent(
                    place(event.change(), event),
                    new Changed(event.change(), event.step().machine(), false));
            return null;
        }

        @Override
        public Void changeDone(ChangeDone event) {
            begun = true;
            changes.put(
                    place(event.change(), event),
                    new Changed(event.change(), event.step().machine(), true));
            return null;
        }

        @Override
        public Void changeReverted(ChangeReverted event) {
            changes.remove(place(event.change(), event));
            return null;
        }

        @Override
        public Void factEstablished(FactEstablished event) {
            return null;
        }

        @Override
        public Void stepSucceeded(StepSucceeded event) {
            return null;
        }

        @Override
        public Void stepFailed(StepFailed event) {
            return null;
        }

        @Override
        public Void stepBlocked(StepBlocked event) {
            return null;
        }

        @Override
        public Void stepCancelled(StepCancelled event) {
            return null;
        }

        @Override
        public Void runEnded(RunEnded event) {
            return null;
        }

        private Place place(Change change, StepEvent event) {
            return new Place(change, event.step().machine());
        }
    }
}
