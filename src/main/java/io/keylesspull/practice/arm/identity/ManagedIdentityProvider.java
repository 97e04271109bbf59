package io.keylesspull.practice.arm.identity;

import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceProvider;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.List;

/** {@code Microsoft.ManagedIdentity}. */
public final class ManagedIdentityProvider implements ResourceProvider {

    private final ArmContext context;

    public ManagedIdentityProvider(ArmContext context) {
        this.context = context;
    }

    @Override
    public String namespace() {
        return ResourceKind.IDENTITY.namespace();
    }

    @Override
    public List<ResourceType> types() {
        return List.of(new UserAssignedIdentityType(context));
    }
}
