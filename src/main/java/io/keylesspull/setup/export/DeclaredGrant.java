package io.keylesspull.setup.export;

import static io.keylesspull.setup.export.Value.of;

import io.keylesspull.setup.export.Value.Fields;
import io.keylesspull.setup.export.Value.Guid;
import io.keylesspull.setup.export.Value.Id;
import io.keylesspull.setup.export.Value.Property;
import io.keylesspull.setup.export.Value.RoleId;
import io.keylesspull.setup.template.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A role on the registry as a resource. @param all has the registry and who gets the role */
record DeclaredGrant(Declared all, Part.Grant grant) {

    static final String CLUSTER = "Microsoft.ContainerService/managedClusters";

    /** @param symbol what Bicep calls it */
    Resource assignment(String symbol) {
        Resource registry = all.registry();
        Property principal = principal(grant.to());
        Map<String, Value> properties = new LinkedHashMap<>();
        properties.put("roleDefinitionId", new RoleId(grant.role().id()));
        properties.put("principalId", principal);
        properties.put("principalType", of("ServicePrincipal"));
        if (!grant.condition().isEmpty()) {
            properties.put("condition", of(grant.condition()));
            properties.put("conditionVersion", of("2.0"));
        }
        Map<Value, Value> fields = new LinkedHashMap<>();
        properties.forEach((name, value) -> fields.put(of(name), value));
        return new Resource(
                symbol,
                "Microsoft.Authorization/roleAssignments",
                "2022-04-01",
                new Guid(List.of(
                        new Id(registry),
                        new Id(principal.of()),
                        of(grant.role().id()))),
                grant.group(),
                false,
                Optional.of(registry),
                Map.of("properties", new Fields(fields)));
    }

    private Property principal(Part.Principal principal) {
        if (principal instanceof Part.Principal.OwnOf own) {
            return new Property(all.find(DeclaredMachines.MACHINE, own.machine(), own.group()), "identity.principalId");
        }
        if (principal instanceof Part.Principal.KubeletOf kubelet) {
            return new Property(
                    all.find(CLUSTER, kubelet.cluster(), kubelet.group()),
                    "properties.identityProfile.kubeletidentity.objectId");
        }
        return new Property(all.identity(), "properties.principalId");
    }
}
