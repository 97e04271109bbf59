package io.keylesspull.setup.picture;

import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.FactEstablished;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepBlocked;
import io.keylesspull.engine.event.RunEvent.StepCancelled;
import io.keylesspull.engine.event.RunEvent.StepEnd;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.setup.picture.Part.Origin;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.machine.RemoteFacts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a run say about the things in the picture. What an earlier attempt found out still counts; how its
 * steps ended does not. Used by one thread.
 */
public final class Progress {

    /** A fact, and the target that it is about; empty for all. */
    private record Known(String fact, Optional<String> target) {}

    /** @param problem if it failed */
    private record Ended(State state, Optional<Problem> problem) {}

    private final Map<Known, String> facts = new HashMap<>();
    private final Map<StepId, Outcome> outcomes = new HashMap<>();
    /** Of the last attempt, by what the steps work for. */
    private final Map<Optional<String>, Map<String, Ended>> steps = new HashMap<>();

    /** Any event of the run, in order. */
    public void accept(RunEvent event) {
        if (event instanceof RunStarted started) {
            steps.clear();
            if (started.purpose() == Purpose.UNDO) {
                facts.clear();
                outcomes.clear();
            }
        } else if (event instanceof FactEstablished found) {
            facts.put(new Known(found.fact(), found.step().machine()), found.value());
        } else if (event instanceof StepStarted started) {
            put(started.step(), State.WORKING, Optional.empty());
        } else if (event instanceof StepEnd end) {
            ended(end);
        }
    }

    /** What a look before the run found of a step. */
    void looked(StepId step, Preview.Kind kind) {
        if (kind == Preview.Kind.CREATE) {
            outcomes.put(step, Outcome.CREATED);
        } else if (kind == Preview.Kind.KEEP) {
            outcomes.put(step, Outcome.FOUND);
        }
    }

    private void ended(StepEnd end) {
        if (end instanceof StepFailed failed) {
            put(end.step(), State.FAILED, Optional.of(failed.problem()));
        } else if (end instanceof StepBlocked || end instanceof StepCancelled) {
            put(end.step(), State.STOPPED, Optional.empty());
        } else if (end instanceof StepSucceeded succeeded) {
            put(end.step(), State.THERE, Optional.empty());
            // What an earlier attempt made is found by a later one.
            outcomes.merge(
                    end.step(), succeeded.outcome(), (earlier, now) -> earlier == Outcome.CREATED ? earlier : now);
        }
    }

    private void put(StepId step, State state, Optional<Problem> problem) {
        steps.computeIfAbsent(step.machine(), any -> new LinkedHashMap<>()).put(step.name(), new Ended(state, problem));
    }

    /** The picture as it is now. */
    public Picture picture(SetupRequest request) {
        return new Drawing(request, this).picture();
    }

    /** A fact about a target, or else about all of them. */
    Optional<String> fact(Fact<?> fact, Optional<String> target) {
        return Optional.ofNullable(facts.get(new Known(fact.name(), target)))
                .or(() -> Optional.ofNullable(facts.get(new Known(fact.name(), Optional.empty()))));
    }

    /** How far the step is that establishes a fact. */
    State state(StepId step, Fact<?> fact) {
        @Nullable Ended how = of(step);
        if (how != null && how.state() != State.WORKING && how.state() != State.THERE) {
            return how.state();
        }
        return facts.containsKey(new Known(fact.name(), step.machine()))
                ? State.THERE
                : how == null ? State.PLANNED : State.WORKING;
    }

    /** How far a target is with all of its steps. */
    State target(String label) {
        List<State> states = ofTarget(label).map(Ended::state).distinct().toList();
        if (states.contains(State.FAILED)) {
            return State.FAILED;
        }
        if (facts.containsKey(new Known(RemoteFacts.PROVEN_DIGEST.name(), Optional.of(label)))) {
            return State.PROVEN;
        }
        return states.contains(State.STOPPED) ? State.STOPPED : states.isEmpty() ? State.PLANNED : State.WORKING;
    }

    Optional<Problem> problem(StepId step) {
        return Optional.ofNullable(of(step)).flatMap(Ended::problem);
    }

    /** Of the step that failed first. */
    Optional<Problem> problemOf(String label) {
        return ofTarget(label).flatMap(ended -> ended.problem().stream()).findFirst();
    }

    /** @param asked what is known before anybody has looked */
    Origin origin(StepId step, Origin asked) {
        @Nullable Outcome outcome = outcomes.get(step);
        return outcome == Outcome.CREATED ? Origin.NEW : outcome == Outcome.FOUND ? Origin.EXISTING : asked;
    }

    private @Nullable Ended of(StepId step) {
        return steps.getOrDefault(step.machine(), Map.of()).get(step.name());
    }

    private Stream<Ended> ofTarget(String label) {
        return steps.getOrDefault(Optional.of(label), Map.of()).values().stream();
    }
}
