package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.deployment.Deployment;
import io.keylesspull.practice.arm.deployment.DeploymentRequest;
import io.keylesspull.practice.arm.deployment.DeploymentTarget;
import io.keylesspull.practice.arm.deployment.Preflight;
import io.keylesspull.practice.arm.deployment.WhatIf;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * {@code Microsoft.Resources/deployments} of a resource group, incremental ones. Sources: learn.microsoft.com/rest/api/
 * resources/deployments, and the Azure CLI's recordings of {@code vm create}.
 */
final class DeploymentHandler {

    private static final Duration WHAT_IF = Duration.ofSeconds(8);
    private static final Duration DELETE = Duration.ofSeconds(5);

    private final Map<String, InGroup> all = new TreeMap<>();
    private final ArmContext context;
    private final Preflight preflight;
    private final Function<ArmCall, CallResult> azure;

    /** @param group as the store has it: a group of the same name that comes later is another one */
    private record InGroup(ObjectNode group, Deployment deployment) {}

    /**
     * @param types by lower-case type
     * @param azure answers the calls that deployments make, under the state's lock
     */
    DeploymentHandler(
            ArmContext context,
            Map<String, ResourceType> types,
            ProviderRegistrations registrations,
            Function<ArmCall, CallResult> azure) {
        this.context = context;
        this.preflight = new Preflight(
                context,
                types,
                (subscription, namespace) -> ProviderRegistrations.canonical(namespace)
                        .ifPresent(canonical -> registrations.require(subscription, canonical)));
        this.azure = azure;
    }

    /** The operations of a deployment have an older path, too, without a namespace: that is what clients ask. */
    static ArmCall canonical(ArmCall call) {
        RequestPath target = call.target();
        if (target.group().isEmpty() || target.namespace().isPresent() || !target.isPart(0, "deployments")) {
            return call;
        }
        RequestPath named = RequestPath.of(ResourceGroupHandler.id(call.subscription(), call.group())
                + "/providers/Microsoft.Resources/" + String.join("/", target.tail()));
        return new ArmCall(call.method(), named, call.query(), call.body(), call.caller());
    }

    static boolean isMeant(RequestPath target) {
        return target.group().isPresent()
                && target.isPart(0, "deployments")
                && target.namespace()
                        .filter("Microsoft.Resources"::equalsIgnoreCase)
                        .isPresent();
    }

    ArmReply handle(ArmCall call) {
        RequestPath target = call.target();
        ObjectNode group = context.store()
                .find(ResourceKind.GROUP, ResourceGroupHandler.id(call.subscription(), call.group()))
                .orElseThrow(() -> ArmError.groupNotFound(call.group()));
        String list = Json.id(group) + "/providers/" + DeploymentTarget.TYPE;
        if (target.tail().size() == 1) {
            permit(call, "read", list);
            return ArmPages.of(
                    call,
                    all.values().stream()
                            .filter(one -> one.group == group)
                            .map(one -> one.deployment.json())
                            .toList());
        }
        DeploymentTarget asked = new DeploymentTarget(call.subscription(), Json.name(group), target.part(1));
        String verb = call.method() + " " + target.part(2).toLowerCase(Locale.ROOT);
        return switch (verb) {
            case "PUT " -> {
                permit(call, "write", asked.id());
                yield put(call, asked, group);
            }
            case "POST validate" -> {
                permit(call, "validate/action", asked.id());
                yield ArmReply.ok(preflight
                        .check(DeploymentRequest.of(asked, call.body()), call.caller())
                        .validated(context));
            }
            case "POST whatif" -> {
                permit(call, "whatIf/action", asked.id());
                yield whatIf(call, asked);
            }
            case "HEAD " -> {
                permit(call, "read", asked.id());
                yield ArmReply.empty(find(asked, group).isPresent() ? 204 : 404);
            }
            case "POST cancel" -> {
                permit(call, "cancel/action", asked.id());
                yield cancel(existing(asked, group), asked);
            }
            case "DELETE " -> {
                permit(call, "delete", asked.id());
                yield delete(call, asked, group);
            }
            case "GET " -> {
                permit(call, "read", asked.id());
                yield ArmReply.ok(existing(asked, group).json());
            }
            case "GET operations" -> {
                permit(call, "operations/read", asked.id());
                yield ArmPages.of(call, existing(asked, group).operations());
            }
            case "GET operationstatuses" -> {
                permit(call, "operationstatuses/read", asked.id());
                yield status(existing(asked, group), target.part(3));
            }
            default -> throw ArmError.methodNotAllowed(call.method());
        };
    }

    private ArmReply put(ArmCall call, DeploymentTarget asked, ObjectNode group) {
        ResourceGroupHandler.refuseWhileDeleting(group);
        DeploymentRequest request = DeploymentRequest.of(asked, call.body());
        Optional<Deployment> before = find(asked, group);
        refuseWhileRunning(before, asked);
        Deployment deployment = new Deployment(preflight.check(request, call.caller()), call.caller(), context, azure);
        all.put(asked.id().toLowerCase(Locale.ROOT), new InGroup(group, deployment));
        deployment.advance();
        if (deployment.hasSucceeded()) {
            return ArmReply.put(before.isPresent(), deployment.json());
        }
        ObjectNode accepted = deployment.json();
        Json.state(accepted, ProvisioningState.ACCEPTED);
        return ArmReply.put(before.isPresent(), accepted)
                .with(Map.of("Azure-AsyncOperation", deployment.statusAddress(call.apiVersion())));
    }

    /** A template that cannot be deployed is a result of what-if, too. */
    private ArmReply whatIf(ArmCall call, DeploymentTarget asked) {
        WhatIf comparison = new WhatIf(context, preflight, azure);
        return context.operations()
                .accepted(
                        call,
                        context.operations()
                                .begin(call, WHAT_IF, () -> comparison.result(asked, call.body(), call.caller())),
                        OperationLinks.group());
    }

    private static ArmReply cancel(Deployment deployment, DeploymentTarget asked) {
        if (!deployment.isRunning()) {
            throw ArmError.conflict(
                    "DeploymentCannotBeCancelled",
                    "The deployment '" + asked.name() + "' cannot be cancelled: it is not running any more.");
        }
        deployment.cancel();
        return ArmReply.empty(204);
    }

    private ArmReply delete(ArmCall call, DeploymentTarget asked, ObjectNode group) {
        Optional<Deployment> before = find(asked, group);
        refuseWhileRunning(before, asked);
        if (before.isEmpty()) {
            return ArmReply.empty(204);
        }
        ArmReply begun = context.operations()
                .accepted(
                        call,
                        context.operations()
                                .begin(call, DELETE, () -> all.remove(asked.id().toLowerCase(Locale.ROOT))),
                        OperationLinks.deploymentDeletion());
        return begun.status() == 202 ? begun : ArmReply.empty(204);
    }

    private static void refuseWhileRunning(Optional<Deployment> before, DeploymentTarget asked) {
        if (before.filter(Deployment::isRunning).isPresent()) {
            throw ArmError.conflict(
                    "DeploymentActive",
                    "Unable to edit or replace deployment '" + asked.name()
                            + "': previous deployment is still active. Please see https://aka.ms/arm-deploy for "
                            + "usage details.");
        }
    }

    private Deployment existing(DeploymentTarget asked, ObjectNode group) {
        return find(asked, group)
                .orElseThrow(() -> ArmError.of(
                        404, "DeploymentNotFound", "Deployment '" + asked.name() + "' could not be found."));
    }

    private static ArmReply status(Deployment deployment, String operation) {
        if (!deployment.isOperation(operation)) {
            throw ArmError.notFound("The operation '" + operation + "'");
        }
        return ArmReply.ok(deployment.status());
    }

    private Optional<Deployment> find(DeploymentTarget asked, ObjectNode group) {
        return Optional.ofNullable(all.get(asked.id().toLowerCase(Locale.ROOT)))
                .filter(found -> found.group == group)
                .map(InGroup::deployment);
    }

    private void permit(ArmCall call, String verb, String id) {
        context.access().require(call.caller(), DeploymentTarget.TYPE + "/" + verb, id);
    }
}
