package io.keylesspull.setup.step.batch;

import io.keylesspull.azure.deployment.DeploymentContent;
import io.keylesspull.azure.deployment.DeploymentInfo;
import io.keylesspull.azure.deployment.Deployments;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.fleet.ControlPlaneLimits;
import io.keylesspull.setup.fleet.Pacer;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.batch.RunCommandTemplate.Job;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Collects the scripts that come within a moment, and has Azure Resource Manager carry out those of one resource group
 * by one deployment. The first machine's step of each deployment sends it. For one plan.
 */
public final class Batches {

    private static final Duration MOMENT = Duration.ofSeconds(1);
    /** Nobody has come for so many moments: nobody else is on the way. */
    private static final int QUIET = 4;

    private static final int MOST_MOMENTS = 30;
    private static final Duration CANCELLING = Duration.ofSeconds(20);
    private static final String DEPLOYMENT = "microsoft.resources/deployments";
    private static final int RADIX = 36;

    private static final Retry UNTIL_ENDED = new Retry(
            RunCommandTemplate.TIMEOUT.multipliedBy(2),
            List.of(Duration.ofSeconds(15), Duration.ofSeconds(20), Duration.ofSeconds(30)));

    private static final Retry UNTIL_STOPPED = new Retry(
            Duration.ofMinutes(10), List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10)));

    private final AzureSubscription azure;
    private final Pacer pacer;
    private final Map<String, ScriptDeployment> open = new HashMap<>();
    private int count;

    /** @param pacer of all that the plan sends */
    public Batches(AzureSubscription azure, Pacer pacer) {
        this.azure = azure;
        this.pacer = pacer;
    }

    Pacer pacer() {
        return pacer;
    }

    /**
     * Has a script run, with those that came in the same moment, and waits until it has ended, or Azure no longer looks
     * after it.
     *
     * @throws Failure if the deployment could not be begun or watched
     */
    ScriptDeployment.Result send(StepContext context, Job job) throws Failure, InterruptedException {
        ScriptDeployment mine;
        boolean first;
        synchronized (open) {
            String key = job.machine().resourceGroup().toLowerCase(Locale.ROOT);
            Optional<ScriptDeployment> there =
                    Optional.ofNullable(open.get(key)).filter(begun -> begun.takes(job));
            first = there.isEmpty();
            mine = there.orElseGet(() -> new ScriptDeployment(
                    job.machine().resourceGroup(), name(context.time().now())));
            open.put(key, mine);
            mine.add(job);
        }
        try {
            if (first) {
                begin(context, mine);
            } else {
                context.progress(Text.of("setup.batch.waiting"));
            }
            while (mine.isToWatch(job)) {
                watch(context, mine);
            }
            return mine.result(job);
        } catch (InterruptedException cancelled) {
            if (mine.cancel()) {
                cancel(deployments(context), mine.group(), mine.name());
            }
            throw cancelled;
        }
    }

    private void begin(StepContext context, ScriptDeployment mine) throws InterruptedException {
        try {
            gather(context, mine);
            deploy(context, mine);
        } catch (Failure | RuntimeException e) {
            mine.fail(e);
        } finally {
            mine.leave();
        }
    }

    private void gather(StepContext context, ScriptDeployment mine) throws InterruptedException {
        int before = 0;
        int quiet = 0;
        for (int moment = 0; moment < MOST_MOMENTS && quiet < QUIET; moment++) {
            context.time().sleep(MOMENT);
            int now = mine.jobs().size();
            quiet = now == before ? quiet + 1 : 0;
            before = now;
        }
        synchronized (open) {
            open.remove(mine.group().toLowerCase(Locale.ROOT), mine);
        }
    }

    private void deploy(StepContext context, ScriptDeployment mine) throws Failure, InterruptedException {
        List<Job> jobs = mine.jobs();
        Map<String, Long> byRegion =
                jobs.stream().collect(Collectors.groupingBy(job -> job.machine().location(), Collectors.counting()));
        for (Map.Entry<String, Long> region : byRegion.entrySet()) {
            pacer.await(
                    context.time(),
                    ControlPlaneLimits.MACHINE_UPDATES,
                    region.getKey(),
                    region.getValue().intValue());
        }
        context.progress(Text.of("setup.batch.sending", jobs.size(), mine.name()));
        mine.begin(context.time().now());
        try {
            deployments(context)
                    .begin(
                            mine.group(),
                            mine.name(),
                            new DeploymentContent(
                                    RunCommandTemplate.of(jobs, azure.mark().tags()), Map.of()),
                            AzureStep.telling(context));
        } catch (AzureException e) {
            throw AzureFailures.failure(Text.of("setup.batch.deployment", mine.name()), e);
        }
    }

    private Deployments deployments(StepContext context) {
        return azure.withWaitListener(
                        waiting -> context.waiting(waiting.reason(), waiting.attempt(), waiting.next(), waiting.left()))
                .deployments();
    }

    /** Never the same again. Whoever calls it holds the lock of those that are open. */
    private String name(Instant now) {
        return "keyless-pull-" + Long.toString(now.toEpochMilli(), RADIX) + "-" + ++count;
    }

    /** Once, for all who wait; after the last of them is through, until the deployment has ended, too. */
    private void watch(StepContext context, ScriptDeployment mine) throws InterruptedException {
        try {
            Deployments deployments = deployments(context);
            do {
                pause(context, mine);
            } while (!look(context, deployments, mine) && mine.isThrough());
        } catch (Failure | RuntimeException e) {
            mine.fail(e);
        } finally {
            mine.leave();
        }
    }

    private static void pause(StepContext context, ScriptDeployment mine) throws Failure, InterruptedException {
        int look = mine.look();
        Duration left = Duration.between(context.time().now(), mine.begunAt().plus(UNTIL_ENDED.bound()));
        if (left.isZero() || left.isNegative()) {
            throw unended(mine.name(), mine.group(), UNTIL_ENDED);
        }
        Duration next = UNTIL_ENDED.waitAfter(look);
        context.waiting(
                Text.of("setup.batch.running", mine.through(), mine.jobs().size()), look, next, left);
        context.time().sleep(next);
    }

    /** @return whether the deployment has ended */
    private boolean look(StepContext context, Deployments deployments, ScriptDeployment mine)
            throws Failure, InterruptedException {
        try {
            pacer.await(context.time(), ControlPlaneLimits.READS, "", 1);
            Optional<DeploymentInfo> found = deployments.find(mine.group(), mine.name());
            if (found.isEmpty()) {
                throw Failure.of("setup.batch.gone", "", mine.name(), mine.group());
            }
            if (found.get().state() != DeploymentInfo.State.SUCCEEDED) {
                pacer.sent(
                        ControlPlaneLimits.READS,
                        "",
                        deployments.operations(mine.group(), mine.name()).each(mine::saw));
            }
            if (found.get().state() == DeploymentInfo.State.RUNNING) {
                return false;
            }
            mine.end(found.get().state());
        } catch (AzureException e) {
            throw AzureFailures.failure(Text.of("setup.batch.deployment", mine.name()), e);
        }
        try {
            remove(context, deployments, mine.group(), mine.name());
        } catch (AzureException left) {
            // It is in the journal, and undo deletes it.
            context.progress(Text.of("setup.batch.deploymentStays", mine.name()));
        }
        return true;
    }

    private static void remove(StepContext context, Deployments deployments, String group, String name)
            throws AzureException, InterruptedException {
        deployments.delete(group, name);
        context.deleted(deployments.id(group, name));
    }

    /** In the background, since the run ends; it waits a moment for that. What runs on machines goes on. */
    private static void cancel(Deployments deployments, String group, String name) {
        Thread cancelling = new Thread(
                () -> {
                    try {
                        deployments.cancel(group, name);
                    } catch (AzureException | InterruptedException left) {
                        // It is in the journal, and undo or the next try looks at it.
                    }
                },
                "batch-cancel");
        cancelling.setDaemon(true);
        cancelling.start();
        try {
            cancelling.join(CANCELLING.toMillis());
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops the deployments of an attempt that was cut off, so that what they have not sent does not come any more;
     * what they have sent goes on.
     */
    void stopEarlier(StepContext context, String group) throws Failure, InterruptedException {
        // One step looks, the others wait for it; then there is nothing left to wait for.
        synchronized (this) {
            Deployments deployments = deployments(context);
            for (RunState.Resource left : context.state().resources()) {
                if (Resources.type(left.id()).equals(DEPLOYMENT)
                        && Resources.groupName(left.id()).equalsIgnoreCase(group)) {
                    stop(context, deployments, group, Resources.name(left.id()));
                }
            }
        }
    }

    private static void stop(StepContext context, Deployments deployments, String group, String name)
            throws Failure, InterruptedException {
        try {
            deployments.cancel(group, name);
            awaitEnd(context, deployments, group, name);
            remove(context, deployments, group, name);
        } catch (AzureException e) {
            throw AzureFailures.failure(Text.of("setup.batch.deployment", name), e);
        }
    }

    private static void awaitEnd(StepContext context, Deployments deployments, String group, String name)
            throws Failure, InterruptedException {
        context.retry(UNTIL_STOPPED, () -> {
            try {
                if (deployments
                        .find(group, name)
                        .filter(found -> found.state() == DeploymentInfo.State.RUNNING)
                        .isEmpty()) {
                    return true;
                }
            } catch (AzureException e) {
                throw AzureFailures.failure(Text.of("setup.batch.deployment", name), e);
            }
            throw new NotYet(
                    Text.of("setup.deployment.stopping"),
                    unended(name, group, UNTIL_STOPPED).problem());
        });
    }

    private static Failure unended(String name, String group, Retry within) {
        return Failure.of("setup.batch.unended", "", name, group, within.bound().toMinutes());
    }
}
