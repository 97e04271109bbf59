package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.remote.SshKey;
import io.keylesspull.setup.step.CredentialHelper;
import io.keylesspull.setup.step.cloud.HostKeys;

/** What the steps of a setup tell each other. */
public final class SetupFacts {

    /** The names of the resource providers that the subscription has registered for this setup. */
    public static final Fact<String> PROVIDERS = new Fact<>("PROVIDERS", String.class);
    public static final Fact<ResourceGroupInfo> RESOURCE_GROUP = new Fact<>("RESOURCE_GROUP", ResourceGroupInfo.class);
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
    /** That what was asked for was taken back on the machine. */
    public static final Fact<String> RESTORED = new Fact<>("RESTORED", String.class);
    public static final Fact<HostKeys> HOST_KEYS = new Fact<>("HOST_KEYS", HostKeys.class);
    public static final Fact<MachineConnection> CONNECTION = new Fact<>("CONNECTION", MachineConnection.class);
    static final Fact<OperatingSystem> OPERATING_SYSTEM = new Fact<>("OPERATING_SYSTEM", OperatingSystem.class);
    static final Fact<String> DOCKER_VERSION = new Fact<>("DOCKER_VERSION", String.class);
    static final Fact<CliVersion> AZURE_CLI_VERSION = new Fact<>("AZURE_CLI_VERSION", CliVersion.class);
    static final Fact<String> SIGNED_IN = new Fact<>("SIGNED_IN", String.class);
    static final Fact<String> REGISTRY_LOGIN = new Fact<>("REGISTRY_LOGIN", String.class);
    /** The credential helper that Docker asks on the machine. */
    static final Fact<CredentialHelper> CREDENTIAL_HELPER = new Fact<>("CREDENTIAL_HELPER", CredentialHelper.class);
    /** The digest of the image on the machine. */
    static final Fact<String> PULLED_DIGEST = new Fact<>("PULLED_DIGEST", String.class);
    /** The digest that the machine and the registry agree on: the proof. */
    public static final Fact<String> PROVEN_DIGEST = new Fact<>("PROVEN_DIGEST", String.class);

    /** The same digest, as it came when Docker asked the credential helper. */
    static final Fact<String> KEPT_DIGEST = new Fact<>("KEPT_DIGEST", String.class);

    private SetupFacts() {
    }
}
