package io.keylesspull.practice.arm;

import java.util.List;

/** {@code Microsoft.ManagedIdentity}. */
final class IdentityTypes implements Provider {

    private final Base base;

    IdentityTypes(Base base) {
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
