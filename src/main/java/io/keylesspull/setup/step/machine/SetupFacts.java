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
    public static final Fact<String> PROVIDERS = Fact.word("PROVIDERS");
    public static final Fact<ResourceGroupInfo> RESOURCE_GROUP = Fact.of("RESOURCE_GROUP", ResourceGroupInfo.class,
            ResourceGroupInfo::id);
    public static final Fact<RegistryInfo> REGISTRY = Fact.of("REGISTRY", RegistryInfo.class, RegistryInfo::id);
    /** The full reference: login server, repository and tag. */
    public static final Fact<String> IMAGE = Fact.word("IMAGE");
    public static final Fact<IdentityInfo> IDENTITY = Fact.of("IDENTITY", IdentityInfo.class, IdentityInfo::id);
    public static final Fact<String> PRINCIPAL_ID = Fact.word("PRINCIPAL_ID");
    public static final Fact<String> ROLE_ASSIGNMENT_ID = Fact.word("ROLE_ASSIGNMENT_ID");
    public static final Fact<SshKey> SSH_KEY = Fact.of("SSH_KEY", SshKey.class, SshKey::toString);
    public static final Fact<NetworkInfo> NETWORK = Fact.of("NETWORK", NetworkInfo.class, NetworkInfo::nicId);
    public static final Fact<MachineInfo> MACHINE = Fact.of("MACHINE", MachineInfo.class, MachineInfo::id);
    /** The id of the machine to which the identity is attached, as read back. */
    public static final Fact<String> IDENTITY_ATTACHED = Fact.word("IDENTITY_ATTACHED");
    /** That what was asked for was taken back on the machine. */
    public static final Fact<String> RESTORED = Fact.word("RESTORED");
    public static final Fact<HostKeys> HOST_KEYS = Fact.of("HOST_KEYS", HostKeys.class, HostKeys::toString);
    public static final Fact<MachineConnection> CONNECTION = Fact.of("CONNECTION", MachineConnection.class,
            MachineConnection::toString);
    static final Fact<OperatingSystem> OPERATING_SYSTEM = Fact.of("OPERATING_SYSTEM", OperatingSystem.class,
            OperatingSystem::toString);
    static final Fact<String> DOCKER_VERSION = Fact.word("DOCKER_VERSION");
    static final Fact<CliVersion> AZURE_CLI_VERSION = Fact.of("AZURE_CLI_VERSION", CliVersion.class,
            CliVersion::toString);
    static final Fact<String> SIGNED_IN = Fact.word("SIGNED_IN");
    static final Fact<String> REGISTRY_LOGIN = Fact.word("REGISTRY_LOGIN");
    /** The credential helper that Docker asks on the machine. */
    static final Fact<CredentialHelper> CREDENTIAL_HELPER = Fact.of("CREDENTIAL_HELPER", CredentialHelper.class,
            CredentialHelper::toString);
    /** The digest of the image on the machine. */
    static final Fact<String> PULLED_DIGEST = Fact.word("PULLED_DIGEST");
    /** The digest that the machine and the registry agree on: the proof. */
    public static final Fact<String> PROVEN_DIGEST = Fact.word("PROVEN_DIGEST");

    /** The same digest, as it came when Docker asked the credential helper. */
    static final Fact<String> KEPT_DIGEST = Fact.word("KEPT_DIGEST");

    private SetupFacts() {
    }
}
