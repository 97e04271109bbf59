package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceState;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Deletes one resource that the run created, if it still has the run's mark. */
public final class DeleteStep extends AzureStep {

    /** As terraform-provider-azurerm looks for a group to be empty (resource_group_resource.go). */
    private static final Retry UNTIL_EMPTY = new Retry(
            Duration.ofMinutes(10),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30)));

    private static final Retry UNTIL_NOT_FOUND = new Retry(
            Duration.ofMinutes(2), List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10)));

    private final Text what;
    private final String id;
    private final List<Change> within;
    private final List<String> before;

    /**
     * @param what what is deleted, in words
     * @param resourceId its id
     * @param within the run's changes inside the resource, which go with it
     * @param before ids of the resources that are deleted before
     * @param besides other facts that must be established before
     */
    public DeleteStep(
            StepId step,
            Text what,
            String resourceId,
            List<Change> within,
            List<String> before,
            Set<Fact<?>> besides,
            AzureSubscription azure) {
        super(
                step,
                Text.of("setup.step.delete", what),
                Text.of("setup.subject.resource", Resources.name(resourceId)),
                needs(before, besides),
                Set.of(CloudFacts.gone(resourceId)),
                azure);
        this.what = what;
        this.id = resourceId;
        this.within = List.copyOf(within);
        this.before = List.copyOf(before);
    }

    private static Set<Fact<?>> needs(List<String> before, Set<Fact<?>> besides) {
        Set<Fact<?>> needs = new HashSet<>(besides);
        before.forEach(id -> needs.add(CloudFacts.gone(id)));
        return needs;
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        OwnResources own = new OwnResources(context, azure);
        Optional<ResourceState> state = own.state(id);
        if (state.isEmpty()) {
            gone(context);
            return done(context, Outcome.CHECKED, Text.of("setup.undo.wasGone"));
        }
        if (!own.bearsMark(state.get())) {
            return done(context, Outcome.SKIPPED, Text.of("setup.undo.notOurs"));
        }
        if (Resources.isGroup(id)) {
            Optional<Text> whyLeft = whyLeft(context, azure);
            if (whyLeft.isPresent()) {
                return done(context, Outcome.SKIPPED, whyLeft.get());
            }
        }
        context.progress(Text.of("setup.undo.deleting", what));
        azure.resources().delete(id);
        context.retry(UNTIL_NOT_FOUND, () -> seenGone(azure));
        gone(context);
        return done(context, Outcome.DELETED, Text.of("setup.undo.deleted"));
    }

    /**
     * Why the group is not deleted, since everything in it would be deleted too; empty if it is empty. Its list is read
     * first, which is usually enough.
     */
    private Optional<Text> whyLeft(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        GroupContents listed = emptied(context, azure);
        if (!listed.isEmpty()) {
            return Optional.of(listed.whyLeft());
        }
        context.progress(Text.of("setup.undo.askingProviders"));
        try {
            GroupContents held = GroupContents.asProvidersSay(id, azure, before);
            return held.isEmpty() ? Optional.empty() : Optional.of(held.whyLeft());
        } catch (AzureException e) {
            if (e.kind() == AzureException.Kind.FORBIDDEN) {
                return Optional.of(Text.of("setup.undo.cannotLook"));
            }
            throw e;
        }
    }

    /** The content of the group after Azure has had time to notice what is deleted. */
    private GroupContents emptied(StepContext context, AzureSubscription azure) throws Failure, InterruptedException {
        AtomicReference<GroupContents> seen = new AtomicReference<>();
        try {
            return context.retry(UNTIL_EMPTY, () -> {
                GroupContents now = contents(azure);
                seen.set(now);
                if (now.isEmpty() || now.staysForCertain()) {
                    return now;
                }
                Text reason = Text.of("setup.undo.stillListed", now.names());
                throw new NotYet(reason, new Problem(reason, reason, reason, ""));
            });
        } catch (Failure e) {
            if (e.getCause() instanceof NotYet) {
                return Objects.requireNonNull(seen.get());
            }
            throw e;
        }
    }

    private GroupContents contents(AzureSubscription azure) throws Failure, InterruptedException {
        try {
            return GroupContents.of(id, azure, before, any -> false);
        } catch (AzureException e) {
            throw AzureFailures.failure(subject(), e);
        }
    }

    private boolean seenGone(AzureSubscription azure) throws NotYet, Failure, InterruptedException {
        try {
            if (azure.resources().find(id).isPresent()) {
                throw new NotYet(
                        Text.of("setup.undo.stillFound"),
                        Failure.of("setup.undo.stillThere", id, Resources.name(id))
                                .problem());
            }
            return true;
        } catch (AzureException e) {
            throw AzureFailures.failure(subject(), e);
        }
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<ResourceState> state = azure().resources().find(id);
        if (state.isEmpty()) {
            return Preview.nothing();
        }
        if (!state.get().run().equals(azure().run())) {
            return Preview.leave(what, Text.of("setup.undo.notOurs"));
        }
        if (Resources.isGroup(id)) {
            GroupContents contents = GroupContents.of(id, azure(), before, inside -> goesBefore(inside, known));
            if (!contents.isEmpty()) {
                return Preview.leave(what, contents.whyLeft());
            }
        }
        known.found(CloudFacts.gone(id), id);
        return Preview.delete(what);
    }

    private boolean goesBefore(String inside, Known known) {
        return before.stream()
                .filter(other -> known.find(CloudFacts.gone(other)).isPresent())
                .anyMatch(other -> Resources.same(other, inside) || MadeByRun.isPartOf(other, inside));
    }

    /** What was inside is reported first: until the resource is reported as deleted, both are looked at again. */
    private void gone(StepContext context) {
        within.forEach(context::reverted);
        if (Resources.isGroup(id)) {
            // What was left alone in it, and is not in its list, such as the record of a deployment, went with it.
            context.state().resources().stream()
                    .map(RunState.Resource::id)
                    .filter(inside -> Resources.liesIn(inside, id))
                    .forEach(context::deleted);
        }
        context.deleted(id);
    }

    private Result done(StepContext context, Outcome outcome, Text summary) {
        context.establish(CloudFacts.gone(id), id);
        return new Result(outcome, summary);
    }
}
