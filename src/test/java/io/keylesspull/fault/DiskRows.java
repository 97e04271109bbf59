package io.keylesspull.fault;

import static io.keylesspull.fault.RequestRows.MACHINE;
import static io.keylesspull.fault.RequestRows.azure;
import static io.keylesspull.fault.RequestRows.put;
import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Row.undo;
import static io.keylesspull.fault.Setup.NEW_FROM_A_SMALL_DISK;

import java.util.List;

/** The disk of this computer is full. */
final class DiskRows {

    private DiskRows() {}

    static List<Row> rows() {
        return List.of(
                run("no room when the run begins", NEW_FROM_A_SMALL_DISK, World::fillDisk, """
                        failed after 0..1 s
                        program: The folder ‹folder›/practice cannot be written to. The keys of new machines are kept
                        there, so nothing was begun. Check its permissions and that the disk is not full.
                        [out of disk space]
                        undo: nothing to undo
                        """),
                run(
                        "no room in the journal before the machine is made",
                        NEW_FROM_A_SMALL_DISK,
                        world -> world.before(put("/networkInterfaces/"), () -> world.fillDisk()),
                        """
                        failed after 0..1 s; met 1 times
                        network: The run's journal ‹folder›/practice-runs/‹run›/journal.jsonl cannot be written. Nothing
                        more is done, because it could not be undone or resumed later. What was made so far is
                        in the journal. Make room on the disk, check that the folder can be written to, and resume the
                        run. [out of disk space]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "no room in the journal while the machine is made",
                        NEW_FROM_A_SMALL_DISK,
                        world -> world.before(put(MACHINE), () -> world.fillDisk()),
                        """
                        failed after 0..1 s; met 1 times
                        machine: The run's journal ‹folder›/practice-runs/‹run›/journal.jsonl cannot be written. Nothing
                        more is done, because it could not be undone or resumed later. What was made so far is
                        in the journal. Make room on the disk, check that the folder can be written to, and resume the
                        run. [out of disk space]
                        left: disks, mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/myDockerVM, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                undo(
                        "no room in the journal while the run is undone",
                        NEW_FROM_A_SMALL_DISK,
                        world -> world.before(azure().method("DELETE").path(MACHINE), () -> world.fillDisk()),
                        """
                        failed after 0..1 s; met 1 times
                        delete-machine: The run's journal ‹folder›/practice-runs/‹run›/journal.jsonl cannot be
                        written. Nothing more is done, because it could not be undone or resumed later. What
                        was made so far is in the journal. Make room on the disk, check that the folder can be written
                        to, and resume the run. [out of disk space]
                        left: networkInterfaces/myDockerVMVMNic, networkSecurityGroups/myDockerVMNSG,
                        publicIPAddresses/myDockerVMPublicIP, resourceGroups/myResourceGroup,
                        userAssignedIdentities/myACRId, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """));
    }
}
