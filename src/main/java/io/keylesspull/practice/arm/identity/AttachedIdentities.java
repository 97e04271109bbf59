package io.keylesspull.practice.arm.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.directory.Identities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which identities a machine has. One that has been deleted since gets no more tokens. */
public final class AttachedIdentities implements Identities {

    private final Base base;

    public AttachedIdentities(Base base) {
        this.base = base;
    }

    @Override
    public Attached of(String vmId) {
        return base.store().find(Kind.MACHINE, vmId)
                .map(machine -> new Attached(system(machine), user(machine)))
                .orElseGet(() -> new Attached(Optional.empty(), List.of()));
    }

    private Optional<Managed> system(JsonNode machine) {
        return Json.text(machine, "/identity/principalId").flatMap(base.principals()::find)
                .map(principal -> new Managed(Json.id(machine), principal.clientId(), principal.objectId()));
    }

    private List<Managed> user(JsonNode machine) {
        List<Managed> found = new ArrayList<>();
        machine.at("/identity/userAssignedIdentities").fieldNames().forEachRemaining(id ->
                base.store().find(Kind.IDENTITY, id).ifPresent(identity -> found.add(new Managed(Json.id(identity),
                        Json.known(identity, "/properties/clientId"),
                        Json.known(identity, "/properties/principalId")))));
        return found;
    }
}
