package io.keylesspull.setup.step.reach;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.NetworkInfo.WayOut;
import io.keylesspull.azure.resource.Networks;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.step.Preflight.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether machines without a public address get out of their network, to the servers of packages and images. */
public final class InternetReach {

    private InternetReach() {}

    /** @param subnet where a new machine without a public address will be */
    public static Finding from(NetworkInfo.Subnet subnet) {
        if (isCertain(subnet)) {
            return Finding.good();
        }
        return subnet.wayOut() == WayOut.NONE && !subnet.connected()
                ? Finding.bad(problem("setup.subnetNoWayOut", subnet))
                : Finding.doubtful(problem("setup.subnetWayOut", subnet));
    }

    /**
     * A firewall or load balancer that this does not see may let an existing machine out, or it needs nothing.
     *
     * @param label the machine, as the request names it
     */
    public static Finding of(String label, MachineInfo machine, Networks networks)
            throws AzureException, InterruptedException {
        Optional<String> id =
                machine.addresses().subnetId().filter(some -> machine.publicIp().isEmpty());
        Optional<NetworkInfo.Subnet> unsure =
                id.isEmpty() ? Optional.empty() : networks.findSubnet(id.get()).filter(there -> !isCertain(there));
        return unsure.map(subnet -> Finding.doubtful(Failure.of(
                                "setup.machineWayOut",
                                subnet.id(),
                                NetworkInfo.shortName(subnet.id()),
                                giving(subnet),
                                label)
                        .problem()))
                .orElseGet(Finding::good);
    }

    private static boolean isCertain(NetworkInfo.Subnet subnet) {
        return subnet.wayOut() == WayOut.NAT_GATEWAY || subnet.wayOut() == WayOut.DEFAULT;
    }

    private static Problem problem(String key, NetworkInfo.Subnet subnet) {
        return Failure.of(key, subnet.id(), NetworkInfo.shortName(subnet.id()), giving(subnet))
                .problem();
    }

    /** The commands that make a NAT gateway and give it to a subnet. */
    private static String giving(NetworkInfo.Subnet subnet) {
        // /subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.Network/virtualNetworks/NAME
        String[] network = subnet.networkId().split("/");
        String gateway = network[8] + "NAT";
        return String.join(
                "\n",
                making(
                        List.of("az", "network", "public-ip", "create"),
                        gateway + "IP",
                        subnet,
                        List.of("--sku", "Standard", "--allocation-method", "Static")),
                making(
                        List.of("az", "network", "nat", "gateway", "create"),
                        gateway,
                        subnet,
                        List.of("--public-ip-addresses", gateway + "IP")),
                Command.of("az", "network", "vnet", "subnet", "update", "--ids", subnet.id(), "--nat-gateway", gateway)
                        .shellLine());
    }

    private static String making(List<String> what, String name, NetworkInfo.Subnet near, List<String> more) {
        String[] network = near.networkId().split("/");
        return Command.of(Stream.of(
                                what,
                                List.of("--resource-group", network[4], "--name", name, "--location", near.location()),
                                more,
                                List.of("--subscription", network[2]))
                        .flatMap(List::stream)
                        .toArray(String[]::new))
                .shellLine();
    }
}
