package io.keylesspull.practice.arm.registry;

import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Provider;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.registry.ImageStore;
import java.util.List;

/** {@code Microsoft.ContainerRegistry}. */
public final class RegistryTypes implements Provider {

    private final ContainerRegistries registries;
    private final RegistryNames names;

    public RegistryTypes(Base base, ImageStore images) {
        this.names = new RegistryNames(base);
        this.registries = new ContainerRegistries(base, names, new RegistryImports(base, images), images);
    }

    @Override
    public String namespace() {
        return Kind.REGISTRY.namespace();
    }

    @Override
    public List<ResourceType> types() {
        return List.of(registries);
    }

    @Override
    public Answer other(Call call) {
        if (call.target().tail().size() == 1 && call.target().isPart(0, "checkNameAvailability")) {
            return names.check(call);
        }
        return Provider.super.other(call);
    }
}
