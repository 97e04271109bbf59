package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceState;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.plan.UndoPlan;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One resource that the run made, deleted where it is still that one: it bears the run's mark. */
public final class DeleteStep extends AzureStep {

    private static final int NAMED = 3;

    private final String id;
    private final List<Change> within;

    /** @param within what the run changed inside the resource, which goes with it */
    public DeleteStep(RunState.Resource resource, List<Change> within, Set<Fact<?>> after, AzureSubscription azure) {
        super(UndoPlan.stepFor(resource), Text.of("setup.step.delete", ResourceWords.of(resource.id())),
                Text.of("setup.subject.resource", Resources.name(resource.id())), after,
                Set.of(UndoPlan.gone(resource.id())), azure);
        this.id = resource.id();
        this.within = List.copyOf(within);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Resources resources = azure.resources();
        OwnResources own = new OwnResources(context, azure);
        Optional<ResourceState> state = own.state(id);
        if (state.isEmpty()) {
            gone(context);
            return done(context, Outcome.CHECKED, Text.of("setup.undo.wasGone"));
        }
        if (!own.bearsMark(state.get())) {
            return done(context, Outcome.SKIPPED, Text.of("setup.undo.notOurs"));
        }
        List<String> inside = resources.in(id);
        if (!inside.isEmpty()) {
            return done(context, Outcome.SKIPPED, Text.of("setup.undo.notEmpty", names(inside)));
        }
        resources.delete(id);
        if (resources.find(id).isPresent()) {
            throw Failure.of("setup.undo.stillThere", id, Resources.name(id));
        }
        gone(context);
        return done(context, Outcome.DELETED, Text.of("setup.undo.deleted"));
    }

    /** What was inside is told first: as long as the resource is not told to be gone, both are looked at again. */
    private void gone(StepContext context) {
        within.forEach(context::reverted);
        context.deleted(id);
    }

    private Result done(StepContext context, Outcome outcome, Text summary) {
        context.establish(UndoPlan.gone(id), id);
        return new Result(outcome, summary);
    }

    static String names(List<String> ids) {
        String names = ids.stream().limit(NAMED).map(Resources::name).collect(Collectors.joining(", "));
        return ids.size() > NAMED ? names + ", …" : names;
    }
}
