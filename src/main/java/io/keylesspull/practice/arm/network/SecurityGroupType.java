package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code Microsoft.Network/networkSecurityGroups} and their rules. */
final class SecurityGroupType implements ResourceType {

    private final NetworkResources shared;
    private final NetworkLinks links;
    private final ChildResources rules;

    SecurityGroupType(NetworkResources shared, NetworkLinks links) {
        this.shared = shared;
        this.links = links;
        this.rules = new ChildResources(ResourceKind.NSG, "securityRules", new SecurityRules(), shared);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.NSG;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        ObjectNode group = shared.begin(call, ResourceKind.NSG, id, existing);
        rules.replace(group, call.body());
        return shared.written(call, group, existing.isPresent(), () -> view(group, call));
    }

    @Override
    public ArmReply delete(ArmCall call, ObjectNode existing) {
        String id = Json.id(existing);
        String users = Stream.concat(links.interfacesGuardedBy(id), links.subnetsGuardedBy(id))
                .map(Json::id)
                .collect(Collectors.joining(", "));
        if (!users.isEmpty()) {
            throw ArmError.badRequest(
                    "InUseNetworkSecurityGroupCannotBeDeleted",
                    "Network security group " + id
                            + " cannot be deleted because it is in use by the following resources: " + users
                            + ". In order to delete the network security group, remove the association with the "
                            + "resource(s). To learn how to do this, see aka.ms/deletensg.");
        }
        return shared.deleted(call, existing);
    }

    @Override
    public void drop(ObjectNode existing) {
        shared.drop(existing);
    }

    @Override
    public ObjectNode view(ObjectNode resource, ArmCall call) {
        ObjectNode shown = resource.deepCopy();
        rules.show(shown);
        ObjectNode properties = Json.properties(shown);
        properties.set("defaultSecurityRules", SecurityRules.defaults(Json.id(resource)));
        set(properties, "networkInterfaces", links.interfacesGuardedBy(Json.id(resource)));
        set(properties, "subnets", links.subnetsGuardedBy(Json.id(resource)));
        return shown;
    }

    @Override
    public CallResult below(ArmCall call, ObjectNode existing) {
        return rules.below(call, existing);
    }

    private static void set(ObjectNode properties, String name, Stream<? extends JsonNode> users) {
        JsonNode references = NetworkLinks.references(users);
        if (!references.isEmpty()) {
            properties.set(name, references);
        }
    }
}
