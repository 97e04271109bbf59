package io.keylesspull.fault;

import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Row.undo;
import static io.keylesspull.fault.Setup.SCALE_SET;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;

import io.keylesspull.practice.arm.OperationFailures;
import io.keylesspull.practice.wire.HttpFault;
import java.time.Duration;
import java.util.List;

/** New scale sets, which Azure makes from a template. */
final class ScaleSetRows {

    private ScaleSetRows() {}

    static List<Row> rows() {
        return List.of(
                run(
                        "the cores of the region are not enough for all instances",
                        SCALE_SET,
                        world -> world.untilMended(world.faults().arm().limitCores(14)),
                        """
                        failed after 0..10 s
                        check: The quota “Total Regional vCPUs” in japaneast is too small. …
                        undo: nothing to undo
                        """),
                run(
                        "a policy forbids scale sets",
                        SCALE_SET,
                        world -> world.untilMended(world.faults()
                                .arm()
                                .policy(
                                        "/subscriptions/" + world.cloud().subscriptionId(),
                                        "Microsoft.Compute/virtualMachineScaleSets",
                                        "no-fleets")),
                        """
                        failed after 0..20 s; met 1..2 times
                        waits: 1..3 × Azure deploys the template: …
                        waits: …
                        scale-set: A policy of your organisation forbids this: resource fleet. …
                        left: natGateways/fleetNAT, networkSecurityGroups/fleetNSG, publicIPAddresses/fleetNATIP,
                        resourceGroups/myResourceGroup, roleAssignments, userAssignedIdentities/myACRId,
                        virtualNetworks/fleetVNET
                        undo: as before
                        """),
                run(
                        "making the NAT gateway ends as Failed in the deployment",
                        SCALE_SET,
                        world -> world.untilMended(world.faults()
                                .arm()
                                .operation(
                                        "PUT",
                                        "/natGateways/",
                                        always(),
                                        OperationFailures.failed("InternalServerError", "It did not work."))),
                        """
                        failed after 0..20 s; met 1 times
                        waits: 1..3 × Azure deploys the template: …
                        waits: …
                        scale-set: “fleetNAT” of scale set “fleet” could not be created. …
                        left: natGateways/fleetNAT, networkSecurityGroups/fleetNSG, publicIPAddresses/fleetNATIP,
                        resourceGroups/myResourceGroup, roleAssignments, userAssignedIdentities/myACRId
                        undo: as before
                        """),
                run(
                        "there is no capacity for the instances",
                        SCALE_SET,
                        world -> world.untilMended(world.faults()
                                .arm()
                                .operation(
                                        "PUT",
                                        "/virtualMachineScaleSets/",
                                        always(),
                                        OperationFailures.failed(
                                                "AllocationFailed",
                                                "Allocation failed. We do not have sufficient capacity for the "
                                                        + "requested VM size in this region."))),
                        """
                        failed after 0..20 s; met 1 times
                        waits: …
                        scale-set: The chosen size is not available: resource fleet. …
                        left: disks, disks, natGateways/fleetNAT, networkInterfaces, networkInterfaces,
                        networkSecurityGroups/fleetNSG, publicIPAddresses/fleetNATIP, resourceGroups/myResourceGroup,
                        roleAssignments, userAssignedIdentities/myACRId, virtualMachineScaleSets/fleet,
                        virtualMachines, virtualMachines, virtualNetworks/fleetVNET
                        undo: as before
                        """),
                run("the deployment is cancelled in the portal", SCALE_SET, world -> world.cancelDeployment(2), """
                        failed after 0..20 s; met 1 times
                        waits: …
                        scale-set: The deployment of scale set “fleet” was cancelled in Azure. Somebody stopped it, in
                        the portal or by the Azure CLI. What exists now: fleetNSG, fleetNATIP. …
                        left: networkSecurityGroups/fleetNSG, publicIPAddresses/fleetNATIP,
                        resourceGroups/myResourceGroup, roleAssignments, userAssignedIdentities/myACRId
                        undo: as before
                        """),
                run(
                        "the record of the deployment is deleted while it runs",
                        SCALE_SET,
                        world -> world.http(
                                RequestRows.azure().method("GET").path("/deployments/keyless-pull-"),
                                always(),
                                HttpFault.refusal(404, "DeploymentNotFound", "Deployment could not be found.")),
                        """
                        failed after 0..20 s; met 2..3 times
                        waits: …
                        scale-set: Azure no longer knows the deployment of scale set “fleet”. …
                        left: disks, disks, natGateways/fleetNAT, networkInterfaces, networkInterfaces,
                        networkSecurityGroups/fleetNSG, publicIPAddresses/fleetNATIP, resourceGroups/myResourceGroup,
                        roleAssignments, userAssignedIdentities/myACRId, virtualMachineScaleSets/fleet,
                        virtualMachines, virtualMachines, virtualNetworks/fleetVNET
                        undo: as before
                        """),
                run(
                        "the role does not take effect for the instances in time",
                        SCALE_SET,
                        world -> world.untilMended(world.faults().arm().rolesWithoutEffectFor(Duration.ofHours(3))),
                        """
                        failed after 1200..1300 s; met 1..100 times
                        waits: …
                        scale-set-proof: Registry practiceclassic.azurecr.io still refuses 2 of 2 instances of scale \
                        set “fleet” that were asked. …
                        left: disks, disks, natGateways/fleetNAT, networkInterfaces, networkInterfaces,
                        networkSecurityGroups/fleetNSG, publicIPAddresses/fleetNATIP, resourceGroups/myResourceGroup,
                        roleAssignments, userAssignedIdentities/myACRId, virtualMachineScaleSets/fleet,
                        virtualMachines, virtualMachines, virtualNetworks/fleetVNET
                        undo: as before
                        """),
                undo(
                        "the scale set is busy, twice, while it is deleted",
                        SCALE_SET,
                        world -> world.http(
                                RequestRows.azure().method("DELETE").path("/virtualMachineScaleSets/"),
                                first(2),
                                HttpFault.refusal(
                                        409,
                                        "AnotherOperationInProgress",
                                        "Another operation is in progress on the scale set.")),
                        """
                        undone after 10..60 s; met 2 times
                        waits: …
                        undo: as before
                        """));
    }
}
