package io.keylesspull.fault;

import static io.keylesspull.fault.RequestRows.azure;
import static io.keylesspull.fault.Row.undo;
import static io.keylesspull.fault.Setup.NEW;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;

import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.time.Duration;
import java.util.List;

/** Deletions that Azure refuses for a while, and lists that are late, while a run that was proven is undone. */
final class BusyRows {

    private static final String NIC = "/networkInterfaces/myDockerVMVMNic";
    private static final String RULES = "/networkSecurityGroups/myDockerVMNSG";
    private static final String ADDRESS = "/publicIPAddresses/myDockerVMPublicIP";

    private BusyRows() {}

    static List<Row> rows() {
        return List.of(
                undo(
                        "the interface is kept for another machine for 3 minutes (NicReservedForAnotherVm)",
                        NEW,
                        world -> world.untilMended(world.faults()
                                .arm()
                                .reserveInterface(
                                        world.id(NIC),
                                        world.id("/virtualMachines/myDockerVM").replace("myDockerVM", "gone"),
                                        Duration.ofMinutes(3))),
                        """
                        undone after 180..201 s; met 10..14 times
                        waits: 10..14 × Azure keeps the network interface for three minutes for a machine that could not
                        be made
                        undo: as before
                        """),
                undo(
                        "another operation is in progress on the network, 3 times (AnotherOperationInProgress)",
                        NEW,
                        world -> world.http(
                                delete(RequestRows.NETWORK),
                                first(3),
                                HttpFault.refusal(
                                        409,
                                        "AnotherOperationInProgress",
                                        "Another operation on this or a dependent resource is in " + "progress.")),
                        """
                        undone after 30 s; met 3 times
                        waits: 3 × Azure is still busy with something that it depends on
                        undo: as before
                        """),
                undo(
                        "the address is still the interface's, 4 times (PublicIPAddressCannotBeDeleted)",
                        NEW,
                        world -> world.http(
                                delete(ADDRESS + "$"),
                                first(4),
                                HttpFault.refusal(
                                        400,
                                        "PublicIPAddressCannotBeDeleted",
                                        "Public IP address " + world.id(ADDRESS) + " can not "
                                                + "be deleted since it is still allocated to resource " + world.id(NIC)
                                                + "/ipConfigurations/ipconfigmyDockerVM.")),
                        """
                        undone after 50 s; met 4 times
                        waits: 4 × Azure says that it is still in use
                        undo: as before
                        """),
                undo(
                        "the rules are still in use, twice (InUseNetworkSecurityGroupCannotBeDeleted)",
                        NEW,
                        world -> world.http(
                                delete(RULES + "$"),
                                first(2),
                                HttpFault.refusal(
                                        400,
                                        "InUseNetworkSecurityGroupCannotBeDeleted",
                                        "Network security group " + world.id(RULES)
                                                + " cannot be deleted because it is in use by the following resources: "
                                                + world.id(NIC) + ".")),
                        """
                        undone after 15 s; met 2 times
                        waits: 2 × Azure says that it is still in use
                        undo: as before
                        """),
                undo(
                        "the interface is not provisioned yet, twice (ReferencedResourceNotProvisioned)",
                        NEW,
                        world -> world.http(
                                delete(NIC + "$"),
                                first(2),
                                HttpFault.refusal(
                                        400,
                                        "ReferencedResourceNotProvisioned",
                                        "Cannot proceed with operation because a resource "
                                                + "that is used by it is not in Succeeded state.")),
                        """
                        undone after 15 s; met 2 times
                        waits: 2 × Azure is still busy with something that it depends on
                        undo: as before
                        """),
                undo(
                        "429 RetryableError for the address, 5 times",
                        NEW,
                        world -> world.http(
                                delete(ADDRESS + "$"),
                                first(5),
                                HttpFault.refusal(429, "RetryableError", "A retryable error occurred.")),
                        """
                        undone after 16..26 s; met 5 times
                        waits: 5 × Azure asks to wait: it is still busy with something that this depends on
                        undo: as before
                        """),
                undo(
                        "somebody else's interface uses the rules (InUseNetworkSecurityGroupCannotBeDeleted)",
                        NEW,
                        world -> world.http(
                                delete(RULES + "$"),
                                always(),
                                HttpFault.refusal(
                                        400,
                                        "InUseNetworkSecurityGroupCannotBeDeleted",
                                        "Network security group " + world.id(RULES)
                                                + " cannot be deleted because it is in use by the following resources: "
                                                + world.id("/networkInterfaces/practiceBareVMNic") + ".")),
                        """
                        failed after 0..1 s; met 1 times
                        delete-security-group: Azure refuses to change this for now: resource myDockerVMNSG.
                        It, or something that it depends on, is in use or is being changed. See below what is in
                        the way. If that is yours, take it away; otherwise wait a few minutes. Then try again.
                        [InUseNetworkSecurityGroupCannotBeDeleted: Network security group
                        ‹groups›/myResourceGroup/providers/Microsoft.Network/networkSecurityGroups/myDockerVMNSG
                        cannot be deleted because it is in use by the following resources:
                        ‹groups›/practiceMachines/providers/Microsoft.Network/networkInterfaces/practiceBareVMNic.]
                        left: networkSecurityGroups/myDockerVMNSG, resourceGroups/myResourceGroup
                        undo: as before
                        """),
                undo(
                        "the rules are in use for ever, Azure does not say by what",
                        NEW,
                        world -> world.http(
                                delete(RULES + "$"),
                                always(),
                                HttpFault.refusal(400, "InUseNetworkSecurityGroupCannotBeDeleted", "It is in use.")),
                        """
                        failed after 600 s; met 30..36 times
                        waits: 30..36 × Azure says that it is still in use
                        delete-security-group: Azure refuses to change this for now: resource myDockerVMNSG.
                        It, or something that it depends on, is in use or is being changed. See below what is in
                        the way. If that is yours, take it away; otherwise wait a few minutes. Then try again.
                        [InUseNetworkSecurityGroupCannotBeDeleted: It is in use.]
                        left: networkSecurityGroups/myDockerVMNSG, resourceGroups/myResourceGroup
                        undo: as before
                        """),
                undo(
                        "the group's list shows for 20 minutes what is deleted",
                        NEW,
                        world -> {
                            world.time().pass(Duration.ofMinutes(25));
                            world.untilMended(world.faults().arm().listsLagBy(Duration.ofMinutes(20)));
                        },
                        """
                        undone after 0..1 s
                        undo: as before
                        """),
                undo(
                        "the group's list shows for 5 minutes something of a type that is not made here",
                        NEW,
                        world -> world.time()
                                .after(
                                        Duration.ofMinutes(5),
                                        world.http(
                                                contents(),
                                                always(),
                                                HttpFault.json(
                                                        200,
                                                        "{\"value\": [{\"id\": \""
                                                                + world.id("/myResourceGroup")
                                                                + "/providers/Microsoft.Insights/components/"
                                                                + "insights\", \"name\": \"insights\","
                                                                + " \"type\": \"Microsoft.Insights/"
                                                                + "components\"}]}"))::remove),
                        """
                        undone after 300..330 s; met 10..15 times
                        waits: 10..14 × Azure still lists insights in it
                        undo: as before
                        """));
    }

    private static RequestMatcher delete(String path) {
        return azure().method("DELETE").path(path);
    }

    private static RequestMatcher contents() {
        return azure().method("GET").path("/myResourceGroup/resources$");
    }
}
