package io.keylesspull.practice.arm.compute;

import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceProvider;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.machine.Hypervisor;
import java.util.List;

/** {@code Microsoft.Compute}. */
public final class ComputeProvider implements ResourceProvider {

    private final MarketplaceProvider marketplace;
    private final VirtualMachineType machines;
    private final List<ResourceType> types;
    private final ComputeCatalogue catalogue;

    public ComputeProvider(ArmContext context, Hypervisor hypervisor) {
        VmSizes sizes = new VmSizes(context.limits());
        PlatformImages images = new PlatformImages();
        CoreQuota quota = new CoreQuota(context.store(), sizes, context.limits(), context.hook());
        DiskType disks = new DiskType(context);
        this.marketplace = new MarketplaceProvider(context);
        this.machines = new VirtualMachineType(
                context, disks, new VmHardware(context, sizes, images, quota), images, marketplace, hypervisor);
        this.types = List.of(machines, machines.managedCommands(), disks, new SshPublicKeyType(context));
        this.catalogue = new ComputeCatalogue(context, sizes, quota, images);
    }

    /** The terms of the images that machines are made from. */
    public ResourceProvider marketplace() {
        return marketplace;
    }

    /** Whether a machine is there and runs. */
    public boolean isRunning(String machineId) {
        return machines.isRunning(machineId);
    }

    @Override
    public String namespace() {
        return ResourceKind.MACHINE.namespace();
    }

    @Override
    public List<ResourceType> types() {
        return types;
    }

    @Override
    public CallResult other(ArmCall call) {
        return catalogue.handle(call);
    }
}
