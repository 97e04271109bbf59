package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.directory.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One deployment of a template: sends its resources to their providers, as the caller, each when those it depends on
 * are there; looks after their long-running operations as any client does. What depends on a resource that failed is
 * not sent.
 */
public final class Deployment {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Map<String, ResourceProgress> progress = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final DeploymentTemplate template;
    private final DeploymentCalls calls;
    private final TemplateScope scope;
    private final ArmContext context;
    private final DeploymentView view;
    private Optional<Instant> endedAt = Optional.empty();
    private DeploymentOutputs outputs = DeploymentOutputs.none();
    private boolean canceled;

    /** @param azure answers the calls that it makes, under the state's lock */
    public Deployment(Plan plan, Caller caller, ArmContext context, Function<ArmCall, CallResult> azure) {
        this.template = plan.template();
        this.calls = new DeploymentCalls(caller, azure);
        this.scope = template.scope().with(new DeployedReferences(template, calls));
        this.context = context;
        this.view = new DeploymentView(
                template, context.guids().next(), context.clock().now());
    }

    public boolean isOperation(String asked) {
        return view.operationId().equalsIgnoreCase(asked);
    }

    public boolean isRunning() {
        return endedAt.isEmpty();
    }

    public boolean hasSucceeded() {
        return end() instanceof DeploymentEnd.Success;
    }

    /** Sends nothing more. What has been sent goes on. */
    public void cancel() {
        canceled = true;
        endedAt = Optional.of(context.clock().now());
    }

    /** Goes on as far as it can at this moment, and later by itself. */
    public void advance() {
        if (canceled) {
            return;
        }
        context.operations().settle();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (TemplateResource resource : template.resources()) {
                ResourceProgress known = progress.get(resource.id());
                if (known != null) {
                    moved |= known.look();
                } else if (resource.after().stream().allMatch(this::isThere)) {
                    ResourceProgress begun = new ResourceProgress(resource, calls, context.clock()::now);
                    progress.put(resource.id(), begun);
                    begun.send(scope);
                    moved = true;
                }
            }
        }
        if (progress.values().stream().anyMatch(ResourceProgress::isRunning)) {
            context.operations().later(BETWEEN_LOOKS, least(), () -> {
                sendAgain();
                advance();
            });
        } else {
            endedAt = Optional.of(context.clock().now());
            if (errors().isEmpty()) {
                outputs = DeploymentOutputs.of(scope);
            }
        }
    }

    /** Scripts on machines take their time, also where nothing else does, and they need the lock, too. */
    private Duration least() {
        return template.resources().stream()
                        .anyMatch(resource -> ResourceKind.RUN_COMMAND.type().equalsIgnoreCase(resource.type()))
                ? Duration.ofMillis(200)
                : Duration.ofMillis(1);
    }

    private boolean isThere(String resource) {
        return Optional.ofNullable(progress.get(resource))
                .filter(ResourceProgress::hasSucceeded)
                .isPresent();
    }

    private void sendAgain() {
        if (!canceled) {
            template.resources().stream()
                    .flatMap(resource -> Optional.ofNullable(progress.get(resource.id())).stream())
                    .forEach(known -> known.send(scope));
        }
    }

    private List<ObjectNode> errors() {
        return progress.values().stream().flatMap(one -> one.error().stream()).toList();
    }

    /** What {@code …/operationStatuses/ID} answers. */
    public ObjectNode status() {
        return view.status(end());
    }

    /** Where {@link #status} is to be asked for. */
    public String statusAddress(String apiVersion) {
        return view.statusAddress(apiVersion);
    }

    /** As ARM shows it. */
    public ObjectNode json() {
        return view.json(end(), shownUntil());
    }

    /** What {@code …/operations} lists: one for each resource that was sent. */
    public List<ObjectNode> operations() {
        return view.operations(progress, shownUntil());
    }

    private DeploymentEnd end() {
        if (canceled) {
            return new DeploymentEnd.Canceled();
        }
        if (isRunning()) {
            return new DeploymentEnd.NotYet();
        }
        List<ObjectNode> errors = errors();
        if (!errors.isEmpty()) {
            return new DeploymentEnd.ResourcesFailed(errors);
        }
        return outputs.error()
                .<DeploymentEnd>map(DeploymentEnd.OutputsFailed::new)
                .orElseGet(() -> new DeploymentEnd.Success(outputs.values()));
    }

    private Instant shownUntil() {
        return endedAt.orElseGet(context.clock()::now);
    }
}
