package io.keylesspull.fault;

import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Row.undo;
import static io.keylesspull.fault.Setup.BEHIND_GATEWAY;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;

import io.keylesspull.practice.arm.OperationFailures;
import io.keylesspull.practice.wire.HttpFault;
import java.util.List;

/** New machines without a public address, in networks with a NAT gateway. */
final class GatewayRows {

    private static final String GATEWAY = "/natGateways/";

    private GatewayRows() {}

    static List<Row> rows() {
        return List.of(
                run(
                        "a policy forbids NAT gateways",
                        BEHIND_GATEWAY,
                        world -> world.untilMended(world.faults()
                                .arm()
                                .policy(
                                        "/subscriptions/" + world.cloud().subscriptionId(),
                                        "Microsoft.Network/natGateways",
                                        "no-gateways")),
                        """
                        failed after 0..1 s; met 1 times
                        check: Machine “myDockerVM” is set up by Run Command. …
                        network: A policy of your organisation forbids this: network of “myDockerVM”. …
                        left: publicIPAddresses/myDockerVMNATIP, resourceGroups/myResourceGroup
                        undo: as before
                        """),
                run(
                        "making the NAT gateway ends as Failed",
                        BEHIND_GATEWAY,
                        world -> world.untilMended(world.faults()
                                .arm()
                                .operation(
                                        "PUT",
                                        GATEWAY,
                                        always(),
                                        OperationFailures.failed("InternalServerError", "It did not work."))),
                        """
                        failed after 0..3 s; met 1 times
                        check: Machine “myDockerVM” is set up by Run Command. …
                        network: Azure answered with an error: network of “myDockerVM”. …
                        left: natGateways/myDockerVMNAT, publicIPAddresses/myDockerVMNATIP,
                        resourceGroups/myResourceGroup
                        undo: as before
                        """),
                undo(
                        "the NAT gateway is still in use, twice (InUseNatGatewayCannotBeDeleted)",
                        BEHIND_GATEWAY,
                        world -> world.http(
                                RequestRows.azure().method("DELETE").path(GATEWAY),
                                first(2),
                                HttpFault.refusal(
                                        400,
                                        "InUseNatGatewayCannotBeDeleted",
                                        "NAT gateway myDockerVMNAT cannot be deleted because it is in use by the "
                                                + "following subnets: " + world.id("/myDockerVMVNET")
                                                + "/subnets/myDockerVMSubnet.")),
                        """
                        undone after 15 s; met 2 times
                        waits: 2 × Azure says that it is still in use
                        undo: as before
                        """));
    }
}
