package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.protocol.ResourceKind;
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

    private static final String TYPE = "Microsoft.Resources/deployments";

    private final Map<String, InGroup> all = new TreeMap<>();
    private final ArmContext context;
    private final ProviderRegistrations registrations;
    private final Function<ArmCall, CallResult> azure;

    /** @param group as the store has it: a group of the same name that comes later is another one */
    private record InGroup(ObjectNode group, Deployment deployment) {}

    /** @param azure answers the calls that deployments make, under the state's lock */
    DeploymentHandler(ArmContext context, ProviderRegistrations registrations, Function<ArmCall, CallResult> azure) {
        this.context = context;
        this.registrations = registrations;
        this.azure = azure;
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
        String list = Json.id(group) + "/providers/" + TYPE;
        permit(call, target.tail().size() == 1 ? list : list + "/" + target.part(1));
        if (target.tail().size() == 1) {
            return ArmPages.of(
                    call,
                    all.values().stream()
                            .filter(one -> one.group == group)
                            .map(one -> one.deployment.json())
                            .toList());
        }
        String id = list + "/" + target.part(1);
        if (call.is("PUT") && target.tail().size() == 2) {
            return put(call, id, group);
        }
        Deployment deployment = find(id, group)
                .orElseThrow(() -> ArmError.of(
                        404, "DeploymentNotFound", "Deployment '" + target.part(1) + "' could not be found."));
        if (!call.is("GET")) {
            throw ArmError.methodNotAllowed(call.method());
        }
        return switch (target.part(2).toLowerCase(Locale.ROOT)) {
            case "" -> ArmReply.ok(deployment.json());
            case "operations" -> ArmPages.of(call, deployment.operations());
            case "operationstatuses" -> status(deployment, target.part(3));
            default -> throw ArmError.notFound("'" + target.path() + "'");
        };
    }

    private ArmReply put(ArmCall call, String id, ObjectNode group) {
        ResourceGroupHandler.refuseWhileDeleting(group);
        String mode = Json.text(call.body(), "/properties/mode").orElse("");
        if (!mode.equalsIgnoreCase("Incremental")) {
            throw ArmError.badRequest(
                    "InvalidDeployment",
                    "The practice cloud has deployments of the mode 'Incremental'; '" + mode + "' was asked for.");
        }
        Optional<Deployment> before = find(id, group);
        if (before.filter(Deployment::isRunning).isPresent()) {
            throw ArmError.conflict(
                    "DeploymentActive",
                    "Unable to edit or replace deployment '"
                            + ResourceStore.nameOf(id) + "': previous deployment is still active. Please see "
                            + "https://aka.ms/arm-deploy for usage details.");
        }
        DeploymentTemplate template =
                DeploymentTemplate.read(Json.id(group), call.body().at("/properties/template"));
        for (DeploymentTemplate.Entry entry : template.resources()) {
            context.access().require(call.caller(), entry.type() + "/write", entry.id());
            ProviderRegistrations.canonical(entry.namespace())
                    .ifPresent(namespace -> registrations.require(call.subscription(), namespace));
        }
        Deployment deployment = new Deployment(id, template, call.caller(), context, azure);
        all.put(id.toLowerCase(Locale.ROOT), new InGroup(group, deployment));
        deployment.advance();
        if (deployment.hasSucceeded()) {
            return ArmReply.put(before.isPresent(), deployment.json());
        }
        ObjectNode accepted = deployment.json();
        Json.state(accepted, ProvisioningState.ACCEPTED);
        return ArmReply.put(before.isPresent(), accepted)
                .with(Map.of("Azure-AsyncOperation", deployment.statusAddress(call.apiVersion())));
    }

    private static ArmReply status(Deployment deployment, String operation) {
        if (!deployment.isOperation(operation)) {
            throw ArmError.notFound("The operation '" + operation + "'");
        }
        return ArmReply.ok(deployment.status());
    }

    private Optional<Deployment> find(String id, ObjectNode group) {
        return Optional.ofNullable(all.get(id.toLowerCase(Locale.ROOT)))
                .filter(found -> found.group == group)
                .map(InGroup::deployment);
    }

    private void permit(ArmCall call, String id) {
        context.access().require(call.caller(), TYPE + (call.is("GET") ? "/read" : "/write"), id);
    }
}
