package io.keylesspull.setup.step.batch;

import io.keylesspull.azure.deployment.DeploymentContent;
import io.keylesspull.azure.deployment.DeploymentInfo;
import io.keylesspull.azure.deployment.DeploymentOperation;
import io.keylesspull.azure.deployment.Deployments;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.ManagedRunCommands;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Collects the scripts that come within a moment, and has Azure Resource Manager carry out those of one resource group
 * by one deployment. The first machine's step of each deployment sends it and looks after it; the others wait for that
 * one. For one plan.
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

    private final AzureSubscription azure;
    private final Pacer pacer;
    private final Map<String, Gathering> open = new HashMap<>();
    private int count;

    /** @param pacer of all that the plan sends */
    public Batches(AzureSubscription azure, Pacer pacer) {
        this.azure = azure;
        this.pacer = pacer;
    }

    /** The jobs of one deployment. */
    private static final class Gathering {
        private final String group;
        private final List<Job> jobs = new ArrayList<>();
        private final CompletableFuture<Map<String, AzureException>> done = new CompletableFuture<>();
        private int bytes;

        Gathering(String group) {
            this.group = group;
        }

        private boolean takes(Job job) {
            int most = Math.max(bytes, job.bytes());
            return jobs.size() < ControlPlaneLimits.resourcesOfATemplate(most);
        }

        private void add(Job job) {
            bytes = Math.max(bytes, job.bytes());
            jobs.add(job);
        }
    }

    Pacer pacer() {
        return pacer;
    }

    /**
     * Has a script run, and waits until it has ended, with those that came in the same moment.
     *
     * @return why Azure did not run it; empty if it did
     * @throws Failure if the deployment could not be begun or watched
     */
    Optional<AzureException> send(StepContext context, Job job) throws Failure, InterruptedException {
        Gathering mine;
        boolean first;
        synchronized (open) {
            String key = job.machine().resourceGroup().toLowerCase(Locale.ROOT);
            Optional<Gathering> there = Optional.ofNullable(open.get(key)).filter(begun -> begun.takes(job));
            first = there.isEmpty();
            mine = there.orElseGet(() -> new Gathering(job.machine().resourceGroup()));
            open.put(key, mine);
            mine.add(job);
        }
        if (first) {
            lead(context, mine);
        } else {
            context.progress(Text.of("setup.batch.waiting"));
        }
        return result(mine, job);
    }

    private static Optional<AzureException> result(Gathering mine, Job job) throws Failure, InterruptedException {
        try {
            return Optional.ofNullable(mine.done.get().get(key(job)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw new Failure(failure.problem(), failure);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String key(Job job) {
        return ManagedRunCommands.id(job.machine(), job.name()).toLowerCase(Locale.ROOT);
    }

    private void lead(StepContext context, Gathering mine) throws InterruptedException {
        try {
            gather(context, mine);
            mine.done.complete(deploy(context, mine));
        } catch (Failure | RuntimeException | InterruptedException e) {
            mine.done.completeExceptionally(e);
            if (e instanceof InterruptedException cancelled) {
                throw cancelled;
            }
        }
    }

    private void gather(StepContext context, Gathering mine) throws InterruptedException {
        int before = 0;
        int quiet = 0;
        for (int moment = 0; moment < MOST_MOMENTS && quiet < QUIET; moment++) {
            context.time().sleep(MOMENT);
            synchronized (open) {
                quiet = mine.jobs.size() == before ? quiet + 1 : 0;
                before = mine.jobs.size();
            }
        }
        synchronized (open) {
            open.remove(mine.group.toLowerCase(Locale.ROOT), mine);
        }
    }

    private Map<String, AzureException> deploy(StepContext context, Gathering mine)
            throws Failure, InterruptedException {
        String name = name(context.time().now());
        Deployments deployments = deployments(context);
        Map<String, Long> byRegion = mine.jobs.stream()
                .collect(Collectors.groupingBy(job -> job.machine().location(), Collectors.counting()));
        for (Map.Entry<String, Long> region : byRegion.entrySet()) {
            pacer.await(
                    context.time(),
                    ControlPlaneLimits.MACHINE_UPDATES,
                    region.getKey(),
                    region.getValue().intValue());
        }
        context.progress(Text.of("setup.batch.sending", mine.jobs.size(), name));
        try {
            deployments.begin(
                    mine.group,
                    name,
                    new DeploymentContent(
                            RunCommandTemplate.of(mine.jobs, azure.mark().tags()), Map.of()),
                    AzureStep.telling(context));
            DeploymentInfo ended = ended(context, deployments, mine.group, name);
            Map<String, AzureException> failed = new HashMap<>();
            if (ended.state() != DeploymentInfo.State.SUCCEEDED) {
                for (DeploymentOperation operation : deployments.operations(mine.group, name)) {
                    operation
                            .error()
                            .ifPresent(error -> failed.put(operation.resource().toLowerCase(Locale.ROOT), error));
                }
            }
            remove(context, deployments, mine.group, name);
            return failed;
        } catch (AzureException e) {
            throw AzureFailures.failure(Text.of("setup.batch.deployment", name), e);
        } catch (InterruptedException cancelled) {
            cancel(deployments, mine.group, name);
            throw cancelled;
        }
    }

    private Deployments deployments(StepContext context) {
        return azure.withWaitListener(
                        waiting -> context.waiting(waiting.reason(), waiting.attempt(), waiting.next(), waiting.left()))
                .deployments();
    }

    /** Never the same again. */
    private synchronized String name(Instant now) {
        return "keyless-pull-" + Long.toString(now.toEpochMilli(), RADIX) + "-" + ++count;
    }

    private static DeploymentInfo ended(StepContext context, Deployments deployments, String group, String name)
            throws Failure, InterruptedException {
        return context.retry(UNTIL_ENDED, () -> {
            Optional<DeploymentInfo> found;
            try {
                found = deployments.find(group, name);
            } catch (AzureException e) {
                throw AzureFailures.failure(Text.of("setup.batch.deployment", name), e);
            }
            if (found.isEmpty()) {
                throw Failure.of("setup.batch.gone", "", name, group);
            }
            if (found.get().state() == DeploymentInfo.State.RUNNING) {
                throw new NotYet(
                        Text.of("setup.batch.running"),
                        Failure.of(
                                        "setup.batch.unended",
                                        "",
                                        name,
                                        group,
                                        UNTIL_ENDED.bound().toMinutes())
                                .problem());
            }
            return found.get();
        });
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

    /** Waits for the deployments of an attempt that was cut off: what they have not sent yet may still come. */
    void awaitEarlier(StepContext context, String group) throws Failure, InterruptedException {
        // One step looks, the others wait for it; then there is nothing left to wait for.
        synchronized (this) {
            Deployments deployments = deployments(context);
            for (RunState.Resource left : context.state().resources()) {
                if (Resources.type(left.id()).equals(DEPLOYMENT)
                        && Resources.groupName(left.id()).equalsIgnoreCase(group)) {
                    String name = Resources.name(left.id());
                    try {
                        if (deployments.find(group, name).isPresent()) {
                            ended(context, deployments, group, name);
                        }
                        remove(context, deployments, group, name);
                    } catch (AzureException e) {
                        throw AzureFailures.failure(Text.of("setup.batch.deployment", name), e);
                    }
                }
            }
        }
    }
}
