package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.arm.template.TemplateError;
import io.keylesspull.practice.arm.template.Unresolved;
import io.keylesspull.practice.directory.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What ARM checks of all resources before it deploys the first: rights, registered providers, policies, and what the
 * providers can tell beforehand. Nested templates are checked as far as their parameters are known. The words are those
 * that people quote in public issues.
 */
public final class Preflight {

    private final ArmContext context;
    private final Map<String, ResourceType> types;
    private final BiConsumer<String, String> registered;

    /**
     * @param types by lower-case type
     * @param registered refuses a subscription and a namespace that is not registered there
     */
    public Preflight(ArmContext context, Map<String, ResourceType> types, BiConsumer<String, String> registered) {
        this.context = context;
        this.types = types;
        this.registered = registered;
    }

    /**
     * Reads and checks what is to be deployed.
     *
     * @throws ArmError if it cannot be deployed
     */
    public Plan check(DeploymentRequest request, Caller caller) {
        try {
            Plan plan = Plan.of(request, context);
            List<ObjectNode> violations = new ArrayList<>();
            List<ObjectNode> refusals = new ArrayList<>();
            Map<String, List<ArmCall>> asked = new TreeMap<>();
            for (Plan.Part part : plan.parts()) {
                check(part, caller, violations, refusals, asked);
            }
            asked.values()
                    .forEach(calls -> Objects.requireNonNull(types.get(key(calls.get(0))))
                            .preflight(calls)
                            .forEach(refusal -> refusals.add(refusal.error())));
            if (!violations.isEmpty()) {
                throw invalid(
                        400,
                        "The template deployment failed because of policy violation. Please see details for more "
                                + "information.",
                        violations);
            }
            if (!refusals.isEmpty()) {
                throw invalid(
                        400,
                        "The template deployment '" + request.target().name()
                                + "' is not valid according to the validation procedure. The tracking id is '"
                                + context.guids().next() + "'. See inner errors for details.",
                        refusals);
            }
            return plan;
        } catch (TemplateError invalid) {
            throw invalid.refusal();
        }
    }

    /** @param asked gets what the provider is to be asked about, by subscription and type */
    private void check(
            Plan.Part part,
            Caller caller,
            List<ObjectNode> violations,
            List<ObjectNode> refusals,
            Map<String, List<ArmCall>> asked) {
        TemplateResource resource = part.resource();
        String action = resource.type() + "/write";
        if (!context.access().allows(caller.objectId(), action, resource.id())) {
            throw invalid(
                    403,
                    "The template deployment failed with error: 'Authorization failed for template resource '"
                            + resource.name() + "' of type '" + resource.type() + "'. The client '" + caller.objectId()
                            + "' with object id '" + caller.objectId()
                            + "' does not have permission to perform action '" + action + "' at scope '"
                            + resource.id() + "'.'.",
                    List.of());
        }
        RequestPath path = RequestPath.of(resource.id());
        path.subscription().ifPresent(subscription -> registered.accept(subscription, resource.namespace()));
        ArmCall call = new ArmCall("PUT", path, Map.of("api-version", resource.apiVersion()), part.body(), caller);
        try {
            context.limits().require(call);
        } catch (ArmError denied) {
            violations.add(denied.error());
            return;
        }
        Optional<ObjectNode> existing = context.store().find(resource.id());
        ResourceType type = types.get(key(call));
        // A provider is not asked about values that only the deployment will know.
        if (type == null || existing.isPresent() || Unresolved.isIn(part.body())) {
            return;
        }
        try {
            if (!ResourceKind.RUN_COMMAND.type().equalsIgnoreCase(resource.type())) {
                context.locations().required(call.body(), type.kind());
            }
            asked.computeIfAbsent(path.subscription().orElse("") + " " + key(call), anew -> new ArrayList<>())
                    .add(call);
        } catch (ArmError refused) {
            refusals.add(refused.error());
        }
    }

    private static String key(ArmCall call) {
        return TemplateResource.typeOf(call.target()).toLowerCase(Locale.ROOT);
    }

    private static ArmError invalid(int status, String message, List<ObjectNode> details) {
        return ArmError.of(status, "InvalidTemplateDeployment", message, details);
    }
}
