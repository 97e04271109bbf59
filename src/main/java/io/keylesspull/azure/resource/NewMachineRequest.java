package io.keylesspull.azure.resource;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.DeleteOptions;
import com.azure.resourcemanager.compute.models.DiskCreateOptionTypes;
import com.azure.resourcemanager.compute.models.DiskDeleteOptionTypes;
import com.azure.resourcemanager.compute.models.HardwareProfile;
import com.azure.resourcemanager.compute.models.ImageReference;
import com.azure.resourcemanager.compute.models.LinuxConfiguration;
import com.azure.resourcemanager.compute.models.ManagedDiskParameters;
import com.azure.resourcemanager.compute.models.NetworkInterfaceReference;
import com.azure.resourcemanager.compute.models.NetworkProfile;
import com.azure.resourcemanager.compute.models.OSDisk;
import com.azure.resourcemanager.compute.models.OSProfile;
import com.azure.resourcemanager.compute.models.Plan;
import com.azure.resourcemanager.compute.models.SshConfiguration;
import com.azure.resourcemanager.compute.models.SshPublicKey;
import com.azure.resourcemanager.compute.models.StorageAccountTypes;
import com.azure.resourcemanager.compute.models.StorageProfile;
import com.azure.resourcemanager.compute.models.VirtualMachineSizeTypes;
import io.keylesspull.azure.model.NewMachine;
import java.util.List;

/** Builds the request that creates a machine. */
final class NewMachineRequest {

    private NewMachineRequest() {}

    static VirtualMachineInner of(NewMachine spec) {
        VirtualMachineInner machine = new VirtualMachineInner();
        machine.withLocation(spec.location());
        machine.withHardwareProfile(new HardwareProfile().withVmSize(VirtualMachineSizeTypes.fromString(spec.size())))
                .withStorageProfile(new StorageProfile()
                        .withImageReference(new ImageReference()
                                .withPublisher(spec.image().reference().publisher())
                                .withOffer(spec.image().reference().offer())
                                .withSku(spec.image().reference().sku())
                                .withVersion(spec.image().reference().version()))
                        // The disk is deleted with the machine: alone it is of no use, and costs money.
                        .withOsDisk(new OSDisk()
                                .withCreateOption(DiskCreateOptionTypes.FROM_IMAGE)
                                .withDiskSizeGB(NewMachine.DISK.gibibytes())
                                .withManagedDisk(new ManagedDiskParameters()
                                        .withStorageAccountType(StorageAccountTypes.fromString(NewMachine.DISK.type())))
                                .withDeleteOption(DiskDeleteOptionTypes.DELETE)))
                .withOsProfile(new OSProfile()
                        .withComputerName(spec.name())
                        .withAdminUsername(spec.administrator().user())
                        .withLinuxConfiguration(keysOnly(spec)))
                .withNetworkProfile(new NetworkProfile()
                        .withNetworkInterfaces(List.of(new NetworkInterfaceReference()
                                .withId(spec.network().nicId())
                                .withPrimary(true)
                                .withDeleteOption(DeleteOptions.DETACH))));
        spec.image()
                .plan()
                .ifPresent(plan -> machine.withPlan(new Plan()
                        .withPublisher(plan.publisher())
                        .withProduct(plan.product())
                        .withName(plan.name())));
        IdentityPatches.ofNew(spec.identity()).ifPresent(machine::withIdentity);
        return machine;
    }

    private static LinuxConfiguration keysOnly(NewMachine spec) {
        return new LinuxConfiguration()
                .withDisablePasswordAuthentication(true)
                .withSsh(new SshConfiguration()
                        .withPublicKeys(List.of(new SshPublicKey()
                                .withPath("/home/" + spec.administrator().user() + "/.ssh/authorized_keys")
                                .withKeyData(spec.administrator().sshPublicKeyLine()))));
    }
}
