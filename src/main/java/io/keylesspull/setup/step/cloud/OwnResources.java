package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceState;
import io.keylesspull.azure.model.ResourceState.Progress;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Distinguishes what existed before the run from what the run itself started to create before it was interrupted. The
 * latter has the run's mark: the run waits for it, and it counts as created by the run.
 */
public final class OwnResources {

    /** Longer than Azure takes to create any of the program's resources. */
    private static final Retry UNTIL_MADE = new Retry(
            Duration.ofMinutes(15), List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10)));

    /** A resource that exists. */
    public record Found<T>(T resource, Outcome outcome) {}

    /** Reads one resource. */
    @FunctionalInterface
    public interface Look<T> {
        Optional<T> look() throws AzureException, InterruptedException;
    }

    private final StepContext context;
    private final Optional<String> run;
    private final Resources resources;

    /** @param azure marks what it makes for the run */
    public OwnResources(StepContext context, AzureSubscription azure) {
        this.context = context;
        this.run = azure.run();
        this.resources = azure.resources();
    }

    /** @return empty where it has to be made */
    public <T> Optional<Found<T>> find(Look<T> look, Function<T, String> id)
            throws AzureException, Failure, InterruptedException {
        Optional<T> found = look.look();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!settle(id.apply(found.get()))) {
            return found.map(resource -> new Found<>(resource, Outcome.FOUND));
        }
        // What was still being made did not tell everything about itself.
        return look.look().map(resource -> new Found<>(resource, Outcome.CREATED));
    }

    /**
     * Waits for a resource that the run began to make; one that Azure failed to make is cleared away.
     *
     * @return whether the run began to make it
     */
    public boolean settle(String id) throws AzureException, Failure, InterruptedException {
        Optional<RunState.Resource> begun = context.state().resource(id);
        if (begun.isEmpty() || begun.get().sure()) {
            return begun.isPresent();
        }
        Optional<ResourceState> state = state(id);
        if (state.isEmpty() || !bearsMark(state.get())) {
            return false;
        }
        if (state.get().progress() == Progress.FAILED) {
            context.progress(Text.of("setup.madeInVain", Resources.name(id)));
            resources.delete(id);
            context.deleted(id);
        } else {
            context.created(id);
        }
        return true;
    }

    /** Whether it is the run's own, and nobody else's under the same name. */
    public boolean bearsMark(ResourceState state) {
        return run.isPresent() && state.run().equals(run);
    }

    /** How a resource is, once Azure is no longer at it; empty where it is not there. */
    public Optional<ResourceState> state(String id) throws Failure, InterruptedException {
        return context.retry(UNTIL_MADE, () -> made(id));
    }

    private Optional<ResourceState> made(String id) throws NotYet, Failure, InterruptedException {
        Text subject = Text.of("setup.subject.resource", Resources.name(id));
        try {
            Optional<ResourceState> state = resources.find(id);
            if (state.isPresent() && state.get().progress() == Progress.UNDER_WAY) {
                throw new NotYet(
                        Text.of("setup.beingMade"),
                        Failure.of("setup.neverMade", id, Resources.name(id)).problem());
            }
            return state;
        } catch (AzureException e) {
            throw AzureFailures.failure(subject, e);
        }
    }
}
