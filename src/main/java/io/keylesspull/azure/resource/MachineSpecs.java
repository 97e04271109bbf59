package io.keylesspull.azure.resource;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.DeleteOptions;
import com.azure.resourcemanager.compute.models.DiskCreateOptionTypes;
import com.azure.resourcemanager.compute.models.DiskDeleteOptionTypes;
import com.azure.resourcemanager.compute.models.HardwareProfile;
import com.azure.resourcemanager.compute.models.ImageReference;
import com.azure.resourcemanager.compute.models.LinuxConfiguration;
import com.azure.resourcemanager.compute.models.NetworkInterfaceReference;
import com.azure.resourcemanager.compute.models.NetworkProfile;
import com.azure.resourcemanager.compute.models.OSDisk;
import com.azure.resourcemanager.compute.models.OSProfile;
import com.azure.resourcemanager.compute.models.ResourceIdentityType;
import com.azure.resourcemanager.compute.models.SshConfiguration;
import com.azure.resourcemanager.compute.models.SshPublicKey;
import com.azure.resourcemanager.compute.models.StorageProfile;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentity;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentityUserAssignedIdentities;
import com.azure.resourcemanager.compute.models.VirtualMachineSizeTypes;
import io.keylesspull.azure.model.MachineIdentity;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NewMachine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together what the service is sent to make or change a machine. */
final class MachineSpecs {

    private MachineSpecs() {
    }

    static VirtualMachineInner of(NewMachine spec) {
        VirtualMachineInner machine = new VirtualMachineInner();
        machine.withLocation(spec.location());
        machine.withHardwareProfile(new HardwareProfile().withVmSize(VirtualMachineSizeTypes.fromString(spec.size())))
                .withStorageProfile(new StorageProfile()
                        .withImageReference(new ImageReference().withPublisher(spec.image().publisher())
                                .withOffer(spec.image().offer()).withSku(spec.image().sku())
                                .withVersion(spec.image().version()))
                        // The disk goes with the machine: alone it is of no use, and goes on costing.
                        .withOsDisk(new OSDisk().withCreateOption(DiskCreateOptionTypes.FROM_IMAGE)
                                .withDeleteOption(DiskDeleteOptionTypes.DELETE)))
                .withOsProfile(new OSProfile().withComputerName(spec.name()).withAdminUsername(spec.adminUser())
                        .withLinuxConfiguration(keysOnly(spec)))
                .withNetworkProfile(new NetworkProfile().withNetworkInterfaces(List.of(new NetworkInterfaceReference()
                        .withId(spec.network().nicId()).withPrimary(true).withDeleteOption(DeleteOptions.DETACH))));
        MachineIdentity identity = spec.identity();
        if (identity.systemAssigned() || !identity.userAssignedIds().isEmpty()) {
            machine.withIdentity(identity(identity.systemAssigned(), !identity.userAssignedIds().isEmpty(),
                    identity.userAssignedIds()));
        }
        return machine;
    }

    /** @param userAssignedIds those to add; one that a machine has already need not be named to stay */
    static VirtualMachineIdentity identity(boolean system, boolean user, List<String> userAssignedIds) {
        VirtualMachineIdentity identity = new VirtualMachineIdentity().withType(type(system, user));
        if (!userAssignedIds.isEmpty()) {
            Map<String, VirtualMachineIdentityUserAssignedIdentities> ids = new HashMap<>();
            userAssignedIds.forEach(id -> ids.put(id, new VirtualMachineIdentityUserAssignedIdentities()));
            identity.withUserAssignedIdentities(ids);
        }
        return identity;
    }

    /** What is named with null is taken away; all else stays (Azure's REST reference, "Virtual Machines - Update"). */
    static VirtualMachineIdentity withoutIdentity(MachineInfo machine, String identityId) {
        boolean othersStay = machine.userAssignedIds().stream().anyMatch(id -> !ArmId.same(id, identityId));
        Map<String, VirtualMachineIdentityUserAssignedIdentities> gone = new HashMap<>();
        gone.put(identityId, null);
        return new VirtualMachineIdentity().withType(type(machine.systemPrincipalId().isPresent(), othersStay))
                .withUserAssignedIdentities(gone);
    }

    private static ResourceIdentityType type(boolean system, boolean user) {
        if (system) {
            return user ? ResourceIdentityType.SYSTEM_ASSIGNED_USER_ASSIGNED : ResourceIdentityType.SYSTEM_ASSIGNED;
        }
        return user ? ResourceIdentityType.USER_ASSIGNED : ResourceIdentityType.NONE;
    }

    private static LinuxConfiguration keysOnly(NewMachine spec) {
        return new LinuxConfiguration().withDisablePasswordAuthentication(true)
                .withSsh(new SshConfiguration().withPublicKeys(List.of(new SshPublicKey()
                        .withPath("/home/" + spec.adminUser() + "/.ssh/authorized_keys")
                        .withKeyData(spec.sshPublicKeyLine()))));
    }
}
