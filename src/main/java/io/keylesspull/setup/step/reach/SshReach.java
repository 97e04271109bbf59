package io.keylesspull.setup.step.reach;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.resource.Networks;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.Ssh;
import io.keylesspull.setup.step.Preflight.Finding;
import java.util.Optional;

/** Whether this computer may reach a machine by SSH that does not exist yet and gets no public address. */
public record SshReach(Networks networks, Machine machine, Ssh ssh) {

    /**
     * @param label the machine, as the request names it
     * @param group its resource group
     */
    public Finding to(String label, String group) throws AzureException, InterruptedException {
        String id = machine.subnet().orElseGet(() -> networks.subnetBehindGateway(group, machine.name()));
        Optional<NetworkInfo.Subnet> subnet = networks.findSubnet(id);
        if (subnet.isEmpty() && machine.isBehindGateway()) {
            return Finding.bad(Failure.of("setup.noWayIn", "", label).problem());
        }
        // A jump host may be in the network, and of a missing subnet another check says so.
        if (subnet.isEmpty() || subnet.get().connected() || !ssh.jumpHosts().isEmpty()) {
            return Finding.good();
        }
        return Finding.doubtful(Failure.of(
                        ssh.isOpen() ? "setup.subnetWayInOpen" : "setup.subnetWayIn",
                        id,
                        label,
                        NetworkInfo.shortName(id))
                .problem());
    }
}
