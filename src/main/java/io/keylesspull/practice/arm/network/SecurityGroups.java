package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.core.Resources;
import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.arm.protocol.Reply;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code Microsoft.Network/networkSecurityGroups} and their rules. */
final class SecurityGroups implements ResourceType {

    private final NetworkResources shared;
    private final NetworkLinks links;
    private final ChildResources rules;

    SecurityGroups(NetworkResources shared, NetworkLinks links) {
        this.shared = shared;
        this.links = links;
        this.rules = new ChildResources(Kind.NSG, "securityRules", new SecurityRules(), shared);
    }

    @Override
    public Kind kind() {
        return Kind.NSG;
    }

    @Override
    public Reply put(Call call, String id, Optional<ObjectNode> existing) {
        ObjectNode group = shared.begin(call, Kind.NSG, id, existing);
        rules.replace(group, call.body());
        return shared.written(call, group, existing.isPresent(), () -> view(group, call));
    }

    @Override
    public Reply patch(Call call, ObjectNode existing) {
        Resources.tags(existing, call.body());
        return Reply.ok(view(existing, call));
    }

    @Override
    public Reply delete(Call call, ObjectNode existing) {
        String id = Json.id(existing);
        String users = Stream.concat(links.interfacesGuardedBy(id), links.subnetsGuardedBy(id)).map(Json::id)
                .collect(Collectors.joining(", "));
        if (!users.isEmpty()) {
            throw AzureError.badRequest("InUseNetworkSecurityGroupCannotBeDeleted", "Network security group " + id
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
    public ObjectNode view(ObjectNode resource, Call call) {
        ObjectNode shown = resource.deepCopy();
        rules.show(shown);
        ObjectNode properties = Json.properties(shown);
        properties.set("defaultSecurityRules", SecurityRules.defaults(Json.id(resource)));
        set(properties, "networkInterfaces", links.interfacesGuardedBy(Json.id(resource)));
        set(properties, "subnets", links.subnetsGuardedBy(Json.id(resource)));
        return shown;
    }

    @Override
    public Answer below(Call call, ObjectNode existing) {
        return rules.below(call, existing);
    }

    private static void set(ObjectNode properties, String name, Stream<? extends JsonNode> users) {
        JsonNode references = NetworkLinks.references(users);
        if (!references.isEmpty()) {
            properties.set(name, references);
        }
    }
}
