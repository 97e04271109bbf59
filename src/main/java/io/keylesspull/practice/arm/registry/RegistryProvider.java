package io.keylesspull.practice.arm.registry;

import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceProvider;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.registry.ImageStore;
import java.util.List;

/** {@code Microsoft.ContainerRegistry}. */
public final class RegistryProvider implements ResourceProvider {

    private final RegistryType registries;
    private final RegistryNames names;

    public RegistryProvider(ArmContext context, ImageStore images) {
        this.names = new RegistryNames(context);
        this.registries = new RegistryType(context, names, new RegistryImports(context, images), images);
    }

    @Override
    public String namespace() {
        return ResourceKind.REGISTRY.namespace();
    }

    @Override
    public List<ResourceType> types() {
        return List.of(registries);
    }

    @Override
    public CallResult other(ArmCall call) {
        if (call.target().tail().size() == 1 && call.target().isPart(0, "checkNameAvailability")) {
            return names.check(call);
        }
        return ResourceProvider.super.other(call);
    }
}
