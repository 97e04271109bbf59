package io.keylesspull.fault;

import static io.keylesspull.fault.RequestRows.azure;
import static io.keylesspull.fault.Row.undo;
import static io.keylesspull.fault.Setup.NEW;
import static io.keylesspull.fault.Setup.NEW_SLOWLY;
import static io.keylesspull.fault.Setup.THERE;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;

import io.keylesspull.practice.arm.OperationFailures;
import io.keylesspull.practice.machine.ssh.CommandFault;
import io.keylesspull.practice.machine.ssh.SshFault;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Faults while a run that was proven is undone. */
final class UndoRows {

    private static final String GROUP = "/resourceGroups/myResourceGroup";

    private UndoRows() {}

    static List<Row> rows() {
        return List.of(
                undo(
                        "a CanNotDelete lock on the group (ScopeLocked)",
                        NEW,
                        world -> world.untilMended(world.faults().arm().lock(world.id(GROUP), "CanNotDelete")),
                        """
                        failed after 0..1 s; met 2 times
                        delete-machine: A lock prevents this: resource myDockerVM. Somebody protected it, or its
                        resource group, against changes. Remove the lock, or choose another resource group.
                        [ScopeLocked: The scope
                        '‹groups›/myResourceGroup/providers/Microsoft.Compute/virtualMachines/myDockerVM'
                        cannot perform delete operation because following scope(s) are locked:
                        '‹groups›/myResourceGroup'. Please remove the lock and try again.]
                        delete-role: A lock prevents this: resource ‹id›. Somebody protected it, or its
                        resource group, against changes. Remove the lock, or choose another resource group.
                        [ScopeLocked: The scope
                        '‹groups›/myResourceGroup/providers/Microsoft.ContainerRegistry/registries/…/\
                        roleAssignments/‹id›'
                        cannot perform delete operation because following scope(s) are locked:
                        '‹groups›/myResourceGroup'. Please remove the lock and try again.]
                        left: disks, mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/myDockerVM, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                undo(
                        "a CanNotDelete lock on the registry",
                        NEW,
                        world -> world.untilMended(
                                world.faults().arm().lock(world.id("/registries/myContainerRegistry"), "CanNotDelete")),
                        """
                        failed after 0..1 s; met 1 times
                        delete-role: A lock prevents this: resource ‹id›. Somebody protected it, or its
                        resource group, against changes. Remove the lock, or choose another resource group.
                        [ScopeLocked: The scope
                        '‹groups›/myResourceGroup/providers/Microsoft.ContainerRegistry/registries/…/\
                        roleAssignments/‹id›'
                        cannot perform delete operation because following scope(s) are locked:
                        '‹groups›/myResourceGroup/providers/Microsoft.ContainerRegistry/registries/myContainerRegistry'.
                        Please remove the lock and try again.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup, roleAssignments, userAssignedIdentities/myACRId
                        undo: as before
                        """),
                undo(
                        "the deletion of the machine fails",
                        NEW,
                        world -> world.untilMended(world.faults()
                                .arm()
                                .operation(
                                        "DELETE",
                                        RequestRows.MACHINE,
                                        first(1),
                                        OperationFailures.failed("InternalServerError", "It did not work."))),
                        """
                        failed after 0..3 s; met 1 times
                        delete-machine: Azure answered with an error: resource myDockerVM. The step could not be
                        completed. See below, and try again. [InternalServerError: It did not work.]
                        left: disks, networkInterfaces/myDockerVMVMNic, networkSecurityGroups/myDockerVMNSG,
                        publicIPAddresses/myDockerVMPublicIP, resourceGroups/myResourceGroup,
                        userAssignedIdentities/myACRId, virtualMachines/myDockerVM, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                undo(
                        "the permission was lost before",
                        NEW,
                        world -> world.untilMended(world.faults().arm().demote(Optional.of("Reader"))),
                        """
                        failed after 0..1 s; met 2 times
                        delete-machine: You may not do that: resource myDockerVM. Your account lacks a
                        permission. Ask for the permission named below. To grant roles, “Role Based Access
                        Control Administrator” is enough. [AuthorizationFailed: The client '‹id›' with object id '‹id›'
                        does not have authorization to perform action 'Microsoft.Compute/virtualMachines/delete' over
                        scope
                        '‹groups›/myResourceGroup/providers/Microsoft.Compute/virtualMachines/myDockerVM'
                        or the scope is invalid. If access was recently granted, please refresh your credentials.]
                        delete-role: You may not do that: resource ‹id›. Your account lacks a permission. Ask
                        for the permission named below. To grant roles, “Role Based Access Control
                        Administrator” is enough. [AuthorizationFailed: The client '‹id›' with object id '‹id›' does not
                        have authorization to perform action 'Microsoft.Authorization/roleAssignments/delete' over scope
                        '‹groups›/myResourceGroup/providers/Microsoft.ContainerRegistry/registries/myContainerRegistry'
                        or the scope is invalid. If access was recently granted, please refresh your credentials.]
                        left: disks, mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/myDockerVM, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                undo(
                        "429 with Retry-After 20 s, twice",
                        NEW,
                        world -> world.http(
                                azure().method("DELETE"), first(2), HttpFault.status(429, Duration.ofSeconds(20))),
                        """
                        undone after 19..23 s; met 2 times
                        waits: 2 × Azure asks to wait: too many requests
                        undo: as before
                        """),
                undo(
                        "500 for ever",
                        NEW,
                        world -> world.http(
                                azure().method("DELETE").path("/registries/[^/]+$"), always(), HttpFault.status(500)),
                        """
                        failed after 44..60 s; met 5..11 times
                        waits: 5..9 × Azure answered with error 500
                        delete-registry: Azure answered with an error: resource myContainerRegistry. The step could
                        not be completed. See below, and try again. [InternalServerError: Encountered internal server
                        error.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup
                        undo: as before
                        """),
                undo(
                        "a connection is reset in the middle of the answer",
                        NEW,
                        world -> world.http(
                                azure().method("DELETE").path(RequestRows.MACHINE),
                                first(1),
                                HttpFault.resetInTheMiddle()),
                        """
                        undone after 0..1 s; met 1 times
                        waits: 1 × The answer of management.azure.com broke off
                        undo: as before
                        """),
                undo(
                        "the operation that deletes the machine is not found (404)",
                        NEW_SLOWLY,
                        world -> world.http(
                                RequestMatcher.polling().path("/Microsoft.Compute/"),
                                first(1),
                                HttpFault.refusal(404, "NotFound", "The entity was not found.")),
                        """
                        failed after 2..6 s; met 1 times
                        delete-machine: Azure no longer says how this ended: resource myDockerVM. It may be
                        there, or may not, or may still be on its way. Try again: what is there is found, and nothing is
                        made twice. [Azure does not find the operation that it had begun: The entity was not found.]
                        left: networkInterfaces/myDockerVMVMNic, networkSecurityGroups/myDockerVMNSG,
                        publicIPAddresses/myDockerVMPublicIP, resourceGroups/myResourceGroup,
                        userAssignedIdentities/myACRId, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                undo(
                        "somebody deleted the machine before",
                        NEW,
                        world -> {
                            world.faults().arm().delete(world.id("/virtualMachines/myDockerVM"));
                        },
                        """
                        undone after 0..1 s
                        undo: as before
                        """),
                undo(
                        "somebody deletes the group in the middle",
                        NEW,
                        world -> world.before(
                                azure().method("DELETE").path(RequestRows.MACHINE),
                                () -> world.faults().arm().delete(world.id(GROUP))),
                        """
                        undone after 0..1 s; met 1 times
                        undo: as before
                        """),
                undo("the machine cannot be reached", THERE, world -> world.ssh(always(), SshFault.REFUSED), """
                        failed after 44..60 s; met 4..10 times
                        waits: 4..8 × the machine does not answer yet
                        connect: ‹address› refuses connections on port 22: nothing listens there, or a firewall turns
                        them away. Nothing could be done on the machine. Check that the machine has started and that its
                        SSH server runs.
                        left: inside virtualMachines/practiceBare: account and digest and directory and docker \
                        and file and group
                        and image and package, virtualMachines/practiceBare (changed)
                        undo: as before
                        """),
                undo(
                        "the connection is reset while packages are removed",
                        THERE,
                        world -> world.command("remove -y", first(1), CommandFault.resetAtOutput("Removing docker.io")),
                        """
                        undone after 5..8 s; met 1 times
                        waits: 1 × the connection to the machine was lost; the step looks at what is there and goes on
                        undo: as before
                        """));
    }
}
