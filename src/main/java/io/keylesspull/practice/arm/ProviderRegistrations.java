package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Access;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.PracticeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which resource providers are registered in a subscription. */
final class ProviderRegistrations {

    private static final Duration TAKES = Duration.ofSeconds(20);
    private static final Map<String, List<String>> PROVIDERS = providers();
    /**
     * What Azure says of types whose resources lie in groups. Source: recording vm/test_vm_explicit_msi of azure-cli.
     */
    private static final String TRACKED =
            "CrossResourceGroupResourceMove, CrossSubscriptionResourceMove, SupportsTags, SupportsLocation";

    private static final Set<String> LIE_IN_GROUPS = Set.of(
            "virtualMachines",
            "virtualMachineScaleSets",
            "disks",
            "sshPublicKeys",
            "registries",
            "managedClusters",
            "vaults",
            "userAssignedIdentities",
            "virtualNetworks",
            "networkSecurityGroups",
            "publicIPAddresses",
            "networkInterfaces",
            "storageAccounts");

    private final Map<String, Instant> registeredAt = new HashMap<>();
    private final Locations locations;
    private final Access access;
    private final PracticeClock clock;

    ProviderRegistrations(Locations locations, Access access, PracticeClock clock) {
        this.locations = locations;
        this.access = access;
        this.clock = clock;
    }

    /** Answers {@code …/providers}, {@code …/providers/NAMESPACE} and {@code …/providers/NAMESPACE/register}. */
    ArmReply handle(ArmCall call) {
        Optional<String> asked = call.target().namespace();
        access.require(
                call.caller(),
                "Microsoft.Resources/subscriptions/providers/read",
                "/subscriptions/" + call.subscription());
        if (asked.isEmpty()) {
            return ArmPages.of(
                    call,
                    PROVIDERS.keySet().stream()
                            .map(namespace -> json(call.subscription(), namespace))
                            .toList(),
                    200);
        }
        String namespace = canonical(asked.get())
                .orElseThrow(() -> ArmError.of(
                        404, "InvalidResourceNamespace", "The resource namespace '" + asked.get() + "' is invalid."));
        if (call.is("POST") && call.target().isPart(0, "register")) {
            access.require(call.caller(), namespace + "/register/action", "/subscriptions/" + call.subscription());
            registeredAt.putIfAbsent(key(call.subscription(), namespace), clock.after(TAKES));
        }
        return ArmReply.ok(json(call.subscription(), namespace));
    }

    void register(String subscription, String namespace) {
        registeredAt.put(key(subscription, namespace), clock.now());
    }

    static Optional<String> canonical(String namespace) {
        return PROVIDERS.keySet().stream().filter(namespace::equalsIgnoreCase).findFirst();
    }

    void require(String subscription, String namespace) {
        if (!state(subscription, namespace).equals("Registered")) {
            throw ArmError.conflict(
                    "MissingSubscriptionRegistration",
                    "The subscription is not registered to use "
                            + "namespace '" + namespace + "'. See https://aka.ms/rps-not-found for how to register "
                            + "subscriptions.");
        }
    }

    private String state(String subscription, String namespace) {
        if (namespace.equals("Microsoft.Resources") || namespace.equals("Microsoft.Authorization")) {
            return "Registered";
        }
        Instant at = registeredAt.get(key(subscription, namespace));
        return at == null ? "NotRegistered" : at.isAfter(clock.now()) ? "Registering" : "Registered";
    }

    private ObjectNode json(String subscription, String namespace) {
        ObjectNode node = Json.object()
                .put("id", "/subscriptions/" + subscription + "/providers/" + namespace)
                .put("namespace", namespace)
                .put("registrationPolicy", "RegistrationRequired")
                .put("registrationState", state(subscription, namespace));
        var types = node.putArray("resourceTypes");
        for (String type : PROVIDERS.getOrDefault(namespace, List.of())) {
            ObjectNode entry = types.addObject().put("resourceType", type);
            locations.displayNames().forEach(entry.putArray("locations")::add);
            entry.putArray("apiVersions").add("2025-04-01").add("2024-11-30").add("2022-04-01");
            entry.put("defaultApiVersion", "2024-11-30");
            entry.put("capabilities", LIE_IN_GROUPS.contains(type) ? TRACKED : "None");
        }
        return node;
    }

    private static String key(String subscription, String namespace) {
        return (subscription + "/" + namespace).toLowerCase(Locale.ROOT);
    }

    private static Map<String, List<String>> providers() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put("Microsoft.Authorization", List.of("roleAssignments", "roleDefinitions", "permissions"));
        all.put(
                "Microsoft.Compute",
                List.of(
                        "virtualMachines",
                        "virtualMachineScaleSets",
                        "disks",
                        "sshPublicKeys",
                        "locations",
                        "locations/usages",
                        "locations/publishers"));
        all.put("Microsoft.ContainerRegistry", List.of("registries", "checkNameAvailability"));
        all.put("Microsoft.ContainerService", List.of("managedClusters"));
        all.put("Microsoft.KeyVault", List.of("vaults"));
        all.put("Microsoft.ManagedIdentity", List.of("userAssignedIdentities"));
        all.put(
                "Microsoft.Network",
                List.of(
                        "virtualNetworks",
                        "networkSecurityGroups",
                        "publicIPAddresses",
                        "networkInterfaces",
                        "locations/usages"));
        all.put("Microsoft.Resources", List.of("subscriptions", "resourceGroups", "tenants"));
        all.put("Microsoft.Storage", List.of("storageAccounts"));
        return all;
    }
}
