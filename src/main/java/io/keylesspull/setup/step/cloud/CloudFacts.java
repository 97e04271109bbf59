package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.remote.SshKey;

/** What the steps that work in Azure establish, and what they need of others. */
public final class CloudFacts {

    /** The names of the resource providers that the subscription has registered for this setup. */
    public static final Fact<String> PROVIDERS = new Fact<>("PROVIDERS", String.class);
    public static final Fact<ResourceGroupInfo> RESOURCE_GROUP =
            new Fact<>("RESOURCE_GROUP", ResourceGroupInfo.class);
    public static final Fact<RegistryInfo> REGISTRY = new Fact<>("REGISTRY", RegistryInfo.class);
    /** The full reference: login server, repository and tag. */
    public static final Fact<String> IMAGE = new Fact<>("IMAGE", String.class);
    public static final Fact<IdentityInfo> IDENTITY = new Fact<>("IDENTITY", IdentityInfo.class);
    public static final Fact<String> PRINCIPAL_ID = new Fact<>("PRINCIPAL_ID", String.class);
    public static final Fact<String> ROLE_ASSIGNMENT_ID = new Fact<>("ROLE_ASSIGNMENT_ID", String.class);
    public static final Fact<SshKey> SSH_KEY = new Fact<>("SSH_KEY", SshKey.class);
    public static final Fact<NetworkInfo> NETWORK = new Fact<>("NETWORK", NetworkInfo.class);
    public static final Fact<MachineInfo> MACHINE = new Fact<>("MACHINE", MachineInfo.class);
    /** The id of the machine to which the identity is attached, as read back. */
    public static final Fact<String> IDENTITY_ATTACHED = new Fact<>("IDENTITY_ATTACHED", String.class);
    public static final Fact<HostKeys> HOST_KEYS = new Fact<>("HOST_KEYS", HostKeys.class);

    private CloudFacts() {
    }

    /** That something is gone, or is left alone for a reason that was reported. @param what such as a resource id */
    public static Fact<String> gone(String what) {
        return new Fact<>("GONE " + what, String.class, true);
    }
}
