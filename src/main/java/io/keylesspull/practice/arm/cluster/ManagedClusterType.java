package io.keylesspull.practice.arm.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.identity.UserAssignedIdentities;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.cluster.Clusters;
import io.keylesspull.practice.cluster.ImagePolicy;
import io.keylesspull.practice.cluster.NodePool;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code Microsoft.ContainerService/managedClusters}. A cluster with a managed identity gets a kubelet identity in a
 * resource group of its own, as in Azure. Source: the REST reference of "Managed Clusters".
 */
final class ManagedClusterType implements ResourceType {

    private static final Duration TAKES = Duration.ofMinutes(4);
    private static final List<String> KEPT = List.of(
            "aadProfile", "addonProfiles", "apiServerAccessProfile", "disableLocalAccounts", "servicePrincipalProfile");

    private final ArmContext context;
    private final Clusters clusters;
    private final ClusterCommands commands;

    ManagedClusterType(ArmContext context, Clusters clusters, ClusterCommands commands) {
        this.context = context;
        this.clusters = clusters;
        this.commands = commands;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.CLUSTER;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        ObjectNode cluster = existing.orElseGet(() -> create(call, id));
        ResourceEnvelope.tags(cluster, call.body());
        Json.state(cluster, existing.isPresent() ? ProvisioningState.UPDATING : ProvisioningState.CREATING);
        return context.operations()
                .put(
                        call,
                        context.operations().begin(call, TAKES, () -> {
                            Json.state(cluster, ProvisioningState.SUCCEEDED);
                            return cluster.deepCopy();
                        }),
                        existing.isPresent(),
                        cluster.deepCopy(),
                        links(cluster));
    }

    private ObjectNode create(ArmCall call, String id) {
        JsonNode wanted = call.body().path("properties");
        String name = ResourceStore.nameOf(id);
        String location = context.locations().required(call.body(), kind());
        ObjectNode cluster = ResourceEnvelope.make(kind(), id, location);
        ObjectNode properties = Json.properties(cluster)
                .put("kubernetesVersion", "1.33.5")
                .put("currentKubernetesVersion", "1.33.5")
                .put("enableRBAC", true);
        properties.putObject("powerState").put("code", "Running");
        KEPT.stream()
                .filter(wanted::has)
                .forEach(field -> properties.set(field, wanted.get(field).deepCopy()));
        String nodeGroup = "MC_" + ResourceStore.groupOf(id) + "_" + name + "_" + location;
        properties.put("nodeResourceGroup", nodeGroup);
        for (JsonNode pool : wanted.path("agentPoolProfiles")) {
            ObjectNode kept = properties.withArray("/agentPoolProfiles").addObject();
            kept.setAll((ObjectNode) pool.deepCopy());
            kept.put("provisioningState", "Succeeded").putObject("powerState").put("code", "Running");
            kept.put("osType", pool.path("osType").asText("Linux"));
        }
        String clientId = "";
        if (wanted.has("servicePrincipalProfile")) {
            properties.withObject("/servicePrincipalProfile").remove("secret");
        } else {
            properties.putObject("servicePrincipalProfile").put("clientId", "msi");
            cluster.putObject("identity")
                    .put("type", "SystemAssigned")
                    .put("principalId", context.guids().next())
                    .put("tenantId", context.tenants().of(id));
            ObjectNode kubelet = kubeletIdentity(call, nodeGroup, name, location);
            clientId = Json.known(kubelet, "/properties/clientId");
            properties
                    .putObject("identityProfile")
                    .putObject("kubeletidentity")
                    .put("resourceId", Json.id(kubelet))
                    .put("clientId", clientId)
                    .put("objectId", Json.known(kubelet, "/properties/principalId"));
        }
        context.store().put(cluster);
        clusters.add(id, pools(properties), policy(properties), clientId);
        return cluster;
    }

    private ObjectNode kubeletIdentity(ArmCall call, String nodeGroup, String name, String location) {
        String groupId = "/subscriptions/" + call.subscription() + "/resourceGroups/" + nodeGroup;
        ObjectNode group = ResourceEnvelope.make(ResourceKind.GROUP, groupId, location);
        Json.state(group, ProvisioningState.SUCCEEDED);
        context.store().put(group);
        return UserAssignedIdentities.create(
                context, ResourceKind.IDENTITY.id(call.subscription(), nodeGroup, name + "-agentpool"), location);
    }

    private static List<NodePool> pools(ObjectNode properties) {
        return Json.items(properties.path("agentPoolProfiles"))
                .map(pool -> new NodePool(
                        Json.name(pool),
                        pool.path("osType").asText().equals("Linux"),
                        pool.path("count").asInt(),
                        Json.items(pool.path("nodeTaints"))
                                .map(JsonNode::asText)
                                .toList()))
                .toList();
    }

    /** With the add-on for Azure Policy, a cluster here runs Microsoft's images only. */
    private static Optional<ImagePolicy> policy(ObjectNode properties) {
        return properties.at("/addonProfiles/azurepolicy/enabled").asBoolean()
                ? Optional.of(new ImagePolicy("mcr.microsoft.com/"))
                : Optional.empty();
    }

    @Override
    public ArmReply delete(ArmCall call, ObjectNode existing) {
        Json.state(existing, ProvisioningState.DELETING);
        return context.operations()
                .accepted(call, context.operations().begin(call, TAKES, () -> drop(existing)), links(existing));
    }

    @Override
    public void drop(ObjectNode existing) {
        clusters.remove(Json.id(existing));
        context.remove(existing);
    }

    @Override
    public CallResult below(ArmCall call, ObjectNode existing) {
        return switch (call.method() + " " + call.target().part(2).toLowerCase(Locale.ROOT)) {
            case "POST runcommand" -> commands.run(call, existing);
            case "GET commandresults" -> commands.result(call);
            case "POST start" -> power(call, existing, "Running");
            case "POST stop" -> power(call, existing, "Stopped");
            default -> throw ArmError.notFound("'" + call.target().path() + "'");
        };
    }

    private ArmReply power(ArmCall call, ObjectNode cluster, String code) {
        return context.operations()
                .accepted(
                        call,
                        context.operations().begin(call, TAKES, () -> {
                            Json.properties(cluster).withObject("/powerState").put("code", code);
                        }),
                        links(cluster));
    }

    private static OperationLinks links(ObjectNode cluster) {
        return OperationLinks.containerService(Json.location(cluster));
    }
}
