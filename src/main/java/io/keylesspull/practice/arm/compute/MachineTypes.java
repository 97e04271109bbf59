package io.keylesspull.practice.arm.compute;

import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Provider;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.machine.Hardware;
import java.util.List;

/** {@code Microsoft.Compute}. */
public final class MachineTypes implements Provider {

    private final List<ResourceType> types;
    private final ComputeCatalogue catalogue;

    public MachineTypes(Base base, Hardware hardware) {
        Sizes sizes = new Sizes();
        PlatformImages images = new PlatformImages();
        Quota quota = new Quota(base.store(), sizes, base.hook());
        Disks disks = new Disks(base);
        this.types = List.of(new VirtualMachines(base, disks, new MachineHardware(base, sizes, images, quota), images,
                hardware), disks);
        this.catalogue = new ComputeCatalogue(base, sizes, quota, images);
    }

    @Override
    public String namespace() {
        return Kind.MACHINE.namespace();
    }

    @Override
    public List<ResourceType> types() {
        return types;
    }

    @Override
    public Answer other(Call call) {
        return catalogue.handle(call);
    }
}
