package io.keylesspull.practice.arm.identity;

import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Provider;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.Kind;
import java.util.List;

/** {@code Microsoft.ManagedIdentity}. */
public final class IdentityTypes implements Provider {

    private final Base base;

    public IdentityTypes(Base base) {
        this.base = base;
    }

    @Override
    public String namespace() {
        return Kind.IDENTITY.namespace();
    }

    @Override
    public List<ResourceType> types() {
        return List.of(new UserAssignedIdentities(base));
    }
}
