package io.keylesspull.setup.step.fleet;

import io.keylesspull.azure.deployment.DeploymentInfo;
import io.keylesspull.azure.deployment.DeploymentInfo.State;
import io.keylesspull.azure.deployment.DeploymentOperation;
import io.keylesspull.azure.deployment.Deployments;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks on while Azure deploys a template, and reports each of its resources to the run. */
final class DeploymentWatch {

    /** A thousand instances take minutes; Azure itself gives up after hours. */
    private static final Retry UNTIL_DEPLOYED = new Retry(
            Duration.ofHours(1), List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10)));

    private final StepContext context;
    private final AzureSubscription azure;
    private final Deployments deployments;
    private final Text subject;
    private final String label;
    private final List<String> resources;
    private final Map<String, State> seen = new HashMap<>();

    /** @param subject as a problem names it @param resources ids of what the deployment makes */
    DeploymentWatch(StepContext context, AzureSubscription azure, Text subject, String label, List<String> resources) {
        this.context = context;
        this.azure = azure;
        this.deployments = azure.deployments();
        this.subject = subject;
        this.label = label;
        this.resources = resources;
    }

    /** Waits until the deployment has ended well. @throws Failure if it ended otherwise, with what there is then */
    void untilDone(String group, String name) throws AzureException, Failure, InterruptedException {
        DeploymentInfo ended = context.retry(UNTIL_DEPLOYED, () -> ended(group, name));
        switch (ended.state()) {
            case SUCCEEDED -> {}
            case CANCELED -> throw Failure.of("setup.deploymentCancelled", name, label, sent());
            default -> throw failure(ended, deployments.operations(group, name).all());
        }
    }

    private DeploymentInfo ended(String group, String name) throws NotYet, Failure, InterruptedException {
        try {
            Optional<DeploymentInfo> found = deployments.find(group, name);
            if (found.isEmpty()) {
                throw Failure.of("setup.deploymentGone", name, label, there());
            }
            report(deployments.operations(group, name).all());
            if (found.get().state() != State.RUNNING) {
                return found.get();
            }
        } catch (AzureException e) {
            throw AzureFailures.failure(subject, e);
        }
        throw new NotYet(
                Text.of("setup.deployment.progress", String.valueOf(count()), String.valueOf(resources.size())),
                Failure.of("setup.deploymentSlow", name, label, there()).problem());
    }

    private void report(List<DeploymentOperation> operations) {
        for (DeploymentOperation operation : operations) {
            String id = own(operation.resource());
            State before = seen.put(id, operation.state());
            if (before == operation.state()) {
                continue;
            }
            if (operation.state() == State.SUCCEEDED && resources.contains(id)) {
                context.created(id);
            }
            context.progress(Text.of(
                    "setup.deployment." + operation.state().name().toLowerCase(Locale.ROOT), Resources.name(id)));
        }
    }

    /** As the run has written it down; Azure may write it in other letters. */
    private String own(String id) {
        return resources.stream()
                .filter(one -> Resources.same(one, id))
                .findFirst()
                .orElse(id);
    }

    private long count() {
        return resources.stream().filter(id -> seen.get(id) == State.SUCCEEDED).count();
    }

    /** The names of what the deployment has made, for people. */
    private String there() {
        String names = resources.stream()
                .filter(id -> seen.get(id) == State.SUCCEEDED)
                .map(Resources::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "–" : names;
    }

    /** The same after it was cancelled: what it had sent is made without it, and its operations do not tell. */
    private String sent() throws AzureException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (String id : resources) {
            if (azure.resources().find(id).isPresent()) {
                names.add(Resources.name(id));
            }
        }
        return names.isEmpty() ? "–" : String.join(", ", names);
    }

    private Failure failure(DeploymentInfo ended, List<DeploymentOperation> operations) {
        List<DeploymentOperation> failed = new ArrayList<>(operations);
        failed.removeIf(operation -> operation.state() != State.FAILED);
        Optional<AzureException> error = failed.stream()
                .flatMap(operation -> operation.error().stream())
                .findFirst()
                .or(ended::error);
        String what = failed.isEmpty() ? label : Resources.name(failed.get(0).resource());
        return error.filter(FleetFailures::hasOwnWords)
                .map(known -> AzureFailures.failure(Text.of("setup.subject.resource", what), known))
                .orElseGet(() -> Failure.of(
                        "setup.deploymentFailed",
                        error.map(FleetFailures::details).orElse(""),
                        label,
                        what,
                        there()));
    }
}
