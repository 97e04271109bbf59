package io.keylesspull.engine.plan;

import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.StepId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Steps, ordered by the facts they need. A plan is valid once created: each needed fact has exactly one provider, and
 * there is no cycle.
 */
public final class Plan {

    private record Provided(Fact<?> fact, Optional<String> machine) {}

    private final Purpose purpose;
    private final Map<StepId, Step> steps;
    private final Map<StepId, Set<StepId>> after;

    private Plan(Purpose purpose, Map<StepId, Step> steps, Map<StepId, Set<StepId>> after) {
        this.purpose = purpose;
        this.steps = steps;
        this.after = after;
    }

    /** @throws PlanRefused if it could not run to its end */
    public static Plan of(Purpose purpose, Collection<? extends Step> steps) {
        Map<StepId, Step> byId = new LinkedHashMap<>();
        Map<Provided, StepId> providers = new HashMap<>();
        for (Step step : steps) {
            if (byId.put(step.id(), step) != null) {
                throw new PlanRefused("two steps are called " + step.id());
            }
            if (step.establishes().isEmpty()) {
                throw new PlanRefused(step.id() + " establishes nothing");
            }
            for (Fact<?> fact : step.establishes()) {
                StepId other =
                        providers.put(new Provided(fact, fact.heldBy(step.id().machine())), step.id());
                if (other != null) {
                    throw new PlanRefused("both " + other + " and " + step.id() + " establish " + fact.name());
                }
            }
        }
        Map<StepId, Set<StepId>> after = new HashMap<>();
        for (Step step : steps) {
            after.put(
                    step.id(),
                    step.needs().stream()
                            .map(fact -> provider(providers, fact, step.id()))
                            .collect(Collectors.toCollection(LinkedHashSet::new)));
        }
        Map<StepId, Step> ordered = new LinkedHashMap<>();
        order(byId.keySet(), after).forEach(id -> ordered.put(id, byId.get(id)));
        return new Plan(purpose, ordered, after);
    }

    private static StepId provider(Map<Provided, StepId> providers, Fact<?> fact, StepId needing) {
        StepId own = providers.get(new Provided(fact, needing.machine()));
        StepId provider = own != null ? own : providers.get(new Provided(fact, Optional.empty()));
        if (provider == null) {
            throw new PlanRefused(needing + " needs " + fact.name() + ", which no step establishes");
        }
        return provider;
    }

    private static List<StepId> order(Set<StepId> all, Map<StepId, Set<StepId>> after) {
        List<StepId> ordered = new ArrayList<>();
        Set<StepId> left = new LinkedHashSet<>(all);
        while (!left.isEmpty()) {
            List<StepId> free = left.stream()
                    .filter(id -> after.getOrDefault(id, Set.of()).stream().noneMatch(left::contains))
                    .toList();
            if (free.isEmpty()) {
                throw new PlanRefused("these steps wait for each other: " + left);
            }
            ordered.addAll(free);
            free.forEach(left::remove);
        }
        return ordered;
    }

    public Purpose purpose() {
        return purpose;
    }

    /** In an order in which they could run one after another. */
    public List<Step> steps() {
        return List.copyOf(steps.values());
    }

    /** The steps whose facts a step needs. */
    public Set<StepId> after(StepId id) {
        return Objects.requireNonNull(after.get(id));
    }

    /** The steps as the first event of a run lists them. */
    public List<RunEvent.PlannedStep> planned() {
        return steps.values().stream()
                .map(step -> new RunEvent.PlannedStep(step.id(), step.title(), Set.copyOf(after.get(step.id()))))
                .toList();
    }
}
