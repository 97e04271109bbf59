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
import java.util.Optional;

/** Whether machines without a public address get out of their network, to the servers of packages and images. */
public final class InternetReach {

    private InternetReach() {}

    /** @param subnet where a new machine without a public address will be */
    public static Finding from(NetworkInfo.Subnet subnet) {
        if (isCertain(subnet)) {
            return Finding.good();
        }
        return subnet.wayOut() == WayOut.NONE && !subnet.connected()
                ? Finding.bad(problem("setup.subnetNoWayOut", subnet.id()))
                : Finding.doubtful(problem("setup.subnetWayOut", subnet.id()));
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
        if (id.isEmpty()
                || networks.findSubnet(id.get())
                        .filter(there -> !isCertain(there))
                        .isEmpty()) {
            return Finding.good();
        }
        return Finding.doubtful(
                Failure.of("setup.machineWayOut", id.get(), NetworkInfo.shortName(id.get()), giving(id.get()), label)
                        .problem());
    }

    private static boolean isCertain(NetworkInfo.Subnet subnet) {
        return subnet.wayOut() == WayOut.NAT_GATEWAY || subnet.wayOut() == WayOut.DEFAULT;
    }

    private static Problem problem(String key, String subnetId) {
        return Failure.of(key, subnetId, NetworkInfo.shortName(subnetId), giving(subnetId))
                .problem();
    }

    /** The command that gives a subnet a NAT gateway which exists. */
    private static String giving(String subnetId) {
        return Command.of("az", "network", "vnet", "subnet", "update", "--ids", subnetId, "--nat-gateway", "NAME")
                .shellLine();
    }
}
