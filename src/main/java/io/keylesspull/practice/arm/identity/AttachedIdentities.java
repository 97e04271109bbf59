package io.keylesspull.practice.arm.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.directory.ManagedIdentities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the identities that are attached to a machine or to the nodes of a cluster. A deleted one gets no more tokens.
 */
public final class AttachedIdentities implements ManagedIdentities {

    private final ArmContext context;

    public AttachedIdentities(ArmContext context) {
        this.context = context;
    }

    @Override
    public Attached of(String vmId) {
        return context.store()
                .find(ResourceKind.MACHINE, vmId)
                .map(machine -> new Attached(system(machine), user(machine)))
                .orElseGet(() -> new Attached(Optional.empty(), kubelet(vmId)));
    }

    /** The nodes of a cluster have its kubelet identity. */
    private List<Managed> kubelet(String clusterId) {
        return context
                .store()
                .find(ResourceKind.CLUSTER, clusterId)
                .flatMap(cluster -> Json.text(cluster, "/properties/identityProfile/kubeletidentity/resourceId"))
                .flatMap(this::managed)
                .stream()
                .toList();
    }

    private Optional<Managed> managed(String identityId) {
        return context.store()
                .find(ResourceKind.IDENTITY, identityId)
                .map(identity -> new Managed(
                        Json.id(identity),
                        Json.known(identity, "/properties/clientId"),
                        Json.known(identity, "/properties/principalId")));
    }

    private Optional<Managed> system(JsonNode machine) {
        return Json.text(machine, "/identity/principalId")
                .flatMap(context.principals()::find)
                .map(principal -> new Managed(Json.id(machine), principal.clientId(), principal.objectId()));
    }

    private List<Managed> user(JsonNode machine) {
        List<Managed> found = new ArrayList<>();
        machine.at("/identity/userAssignedIdentities")
                .fieldNames()
                .forEachRemaining(id -> managed(id).ifPresent(found::add));
        return found;
    }
}
