package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.deployment.ScaleSetInfo;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.azure.model.RoleAssignmentInfo;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.setup.step.ImageReader;
import io.keylesspull.setup.step.connection.HostKeys;
import io.keylesspull.setup.step.connection.OfferedKeys;

/** The facts that the steps in Azure establish or need. */
public final class CloudFacts {

    /** The names of the resource providers that the subscription has registered for this setup. */
    public static final Fact<String> PROVIDERS = Fact.word("PROVIDERS");

    public static final Fact<ResourceGroupInfo> RESOURCE_GROUP =
            Fact.of("RESOURCE_GROUP", ResourceGroupInfo.class, ResourceGroupInfo::id);
    public static final Fact<RegistryInfo> REGISTRY = Fact.of("REGISTRY", RegistryInfo.class, RegistryInfo::id);
    /** The full reference: login server, repository and tag. */
    public static final Fact<String> IMAGE = Fact.word("IMAGE");

    public static final Fact<ImageReader> IMAGE_READER =
            Fact.of("IMAGE_READER", ImageReader.class, ImageReader::toString);

    public static final Fact<IdentityInfo> IDENTITY = Fact.of("IDENTITY", IdentityInfo.class, IdentityInfo::id);
    public static final Fact<String> PRINCIPAL_ID = Fact.word("PRINCIPAL_ID");
    public static final Fact<String> ROLE_ASSIGNMENT_ID = Fact.word("ROLE_ASSIGNMENT_ID");
    /** One that was there before and may be another than wanted. */
    static final Fact<RoleAssignmentInfo> EARLIER_ROLE_ASSIGNMENT =
            Fact.of("EARLIER_ROLE_ASSIGNMENT", RoleAssignmentInfo.class, RoleAssignmentInfo::id);

    public static final Fact<OfferedKeys> SSH_KEY = Fact.of("SSH_KEY", OfferedKeys.class, OfferedKeys::toString);
    public static final Fact<NetworkInfo> NETWORK = Fact.of("NETWORK", NetworkInfo.class, NetworkInfo::nicId);
    public static final Fact<MachineInfo> MACHINE = Fact.of("MACHINE", MachineInfo.class, MachineInfo::id);
    public static final Fact<ScaleSetInfo> SCALE_SET = Fact.of("SCALE_SET", ScaleSetInfo.class, ScaleSetInfo::id);
    /** The id of the machine to which the identity is attached, as read back. */
    public static final Fact<String> IDENTITY_ATTACHED = Fact.word("IDENTITY_ATTACHED");

    public static final Fact<HostKeys> HOST_KEYS = Fact.of("HOST_KEYS", HostKeys.class, HostKeys::toString);

    private CloudFacts() {}

    /** Something is deleted, or is left alone for a reason that was reported. @param what such as a resource id */
    public static Fact<String> gone(String what) {
        return Fact.wordForAll("GONE " + what);
    }
}
