package io.keylesspull.setup.step.fleet;

import io.keylesspull.azure.deployment.DeploymentInfo;
import io.keylesspull.azure.deployment.DeploymentInfo.State;
import io.keylesspull.azure.deployment.Deployments;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.azure.resource.RunMark;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stops a deployment of the run, if it still goes on, and deletes Azure's record of it: not what it has made. */
public final class CancelDeploymentStep extends AzureStep {

    private static final Retry UNTIL_ENDED = new Retry(
            Duration.ofMinutes(10), List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10)));

    private final Text what;
    private final String id;

    /** @param what the deployment in words @param deploymentId its id */
    public CancelDeploymentStep(StepId step, Text what, String deploymentId, AzureSubscription azure) {
        super(
                step,
                Text.of("setup.step.delete", what),
                Text.of("setup.subject.resource", Resources.name(deploymentId)),
                Set.of(),
                Set.of(CloudFacts.gone(deploymentId)),
                azure);
        this.what = what;
        this.id = deploymentId;
    }

    private Optional<DeploymentInfo> find(AzureSubscription azure) throws AzureException, InterruptedException {
        return azure.deployments().find(Resources.groupName(id), Resources.name(id));
    }

    private static boolean isOurs(DeploymentInfo found, AzureSubscription azure) {
        return azure.run().isPresent() && RunMark.ofTags(found.tags()).equals(azure.run());
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<DeploymentInfo> found = find(azure());
        if (found.isEmpty()) {
            return Preview.nothing();
        }
        if (!isOurs(found.get(), azure())) {
            return Preview.leave(what, Text.of("setup.undo.notOurs"));
        }
        known.found(CloudFacts.gone(id), id);
        return Preview.delete(what);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Deployments deployments = azure.deployments();
        Optional<DeploymentInfo> found = find(azure);
        if (found.isEmpty()) {
            return done(context, Outcome.CHECKED, Text.of("setup.undo.wasGone"), true);
        }
        if (!isOurs(found.get(), azure)) {
            return done(context, Outcome.SKIPPED, Text.of("setup.undo.notOurs"), false);
        }
        if (found.get().state() == State.RUNNING) {
            deployments.cancel(Resources.groupName(id), Resources.name(id));
            context.retry(UNTIL_ENDED, () -> ended(azure));
        }
        context.progress(Text.of("setup.undo.deleting", what));
        deployments.delete(Resources.groupName(id), Resources.name(id));
        return done(context, Outcome.DELETED, Text.of("setup.undo.deleted"), true);
    }

    private boolean ended(AzureSubscription azure) throws NotYet, Failure, InterruptedException {
        try {
            if (find(azure).filter(found -> found.state() == State.RUNNING).isEmpty()) {
                return true;
            }
        } catch (AzureException e) {
            throw AzureFailures.failure(subject(), e);
        }
        throw new NotYet(
                Text.of("setup.deployment.stopping"),
                Failure.of("setup.deploymentStays", id, Resources.name(id)).problem());
    }

    private Result done(StepContext context, Outcome outcome, Text summary, boolean gone) {
        if (gone) {
            context.deleted(id);
        }
        context.establish(CloudFacts.gone(id), id);
        return new Result(outcome, summary);
    }
}
