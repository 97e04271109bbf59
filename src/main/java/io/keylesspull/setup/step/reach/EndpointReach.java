package io.keylesspull.setup.step.reach;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.Networks;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.step.Preflight.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a machine that does not exist yet will reach a registry to which only private endpoints lead. */
public record EndpointReach(Networks networks, RegistryInfo registry) {

    /**
     * @param machine as the request names it
     * @param subnet where it will be; empty if it gets a virtual network of its own
     */
    public Finding from(String machine, Optional<String> subnet) throws AzureException, InterruptedException {
        List<String> endpointNetworks = new ArrayList<>();
        boolean allKnown = true;
        for (String endpoint : registry.network().privateEndpoints()) {
            Optional<String> network = network(endpoint);
            network.ifPresent(endpointNetworks::add);
            allKnown &= network.isPresent();
        }
        String known = String.join("\n", endpointNetworks);
        if (subnet.isEmpty()) {
            return Finding.bad(Failure.of("setup.newNetworkOutside", known, registry.name(), machine)
                    .problem());
        }
        Optional<NetworkInfo.Subnet> found = networks.findSubnet(subnet.get());
        if (found.isPresent()
                && endpointNetworks.stream()
                        .anyMatch(network -> Resources.same(network, found.get().networkId()))) {
            return Finding.good();
        }
        boolean apart = allKnown && found.filter(there -> !there.connected()).isPresent();
        Failure doubt = Failure.of(
                apart ? "setup.subnetOutside" : "setup.subnetReach",
                known,
                registry.name(),
                machine,
                NetworkInfo.shortName(subnet.get()),
                found.map(this::endpointIn).orElse(""));
        return apart ? Finding.bad(doubt.problem()) : Finding.doubtful(doubt.problem());
    }

    private String endpointIn(NetworkInfo.Subnet subnet) {
        // /subscriptions/SUBSCRIPTION/resourceGroups/GROUP/…
        String[] id = subnet.id().split("/");
        return Command.of(
                        "az",
                        "network",
                        "private-endpoint",
                        "create",
                        "--resource-group",
                        id[4],
                        "--name",
                        registry.name() + "-endpoint",
                        "--location",
                        subnet.location(),
                        "--subnet",
                        subnet.id(),
                        "--private-connection-resource-id",
                        registry.id(),
                        "--group-id",
                        "registry",
                        "--connection-name",
                        registry.name(),
                        "--subscription",
                        id[2])
                .shellLine();
    }

    /** Of an endpoint; empty if the account may not see it. */
    private Optional<String> network(String endpoint) throws AzureException, InterruptedException {
        try {
            return networks.endpointNetwork(endpoint);
        } catch (AzureException e) {
            if (e.kind() == AzureException.Kind.FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
