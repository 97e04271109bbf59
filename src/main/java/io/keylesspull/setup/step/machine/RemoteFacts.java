package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.plan.Fact;
import io.keylesspull.setup.step.CredentialHelper;
import io.keylesspull.setup.step.connection.MachineConnection;

/** What the steps that work on a machine establish. */
public final class RemoteFacts {

    public static final Fact<MachineConnection> CONNECTION =
            Fact.of("CONNECTION", MachineConnection.class, MachineConnection::toString);
    static final Fact<OperatingSystem> OPERATING_SYSTEM =
            Fact.of("OPERATING_SYSTEM", OperatingSystem.class, OperatingSystem::toString);
    static final Fact<String> DOCKER_VERSION = Fact.word("DOCKER_VERSION");
    /** Docker's configurations can be used for this login server. */
    static final Fact<String> DOCKER_CONFIG = Fact.word("DOCKER_CONFIG");

    static final Fact<CliVersion> AZURE_CLI_VERSION =
            Fact.of("AZURE_CLI_VERSION", CliVersion.class, CliVersion::toString);
    static final Fact<String> SIGNED_IN = Fact.word("SIGNED_IN");
    static final Fact<String> REGISTRY_LOGIN = Fact.word("REGISTRY_LOGIN");
    /** The credential helper that Docker asks on the machine. */
    static final Fact<CredentialHelper> CREDENTIAL_HELPER =
            Fact.of("CREDENTIAL_HELPER", CredentialHelper.class, CredentialHelper::toString);
    /** The digest of the image on the machine. */
    static final Fact<String> PULLED_DIGEST = Fact.word("PULLED_DIGEST");
    /** The digest that the machine and the registry agree on: the proof. */
    public static final Fact<String> PROVEN_DIGEST = Fact.word("PROVEN_DIGEST");
    /** The same digest, as it came when Docker asked the credential helper. */
    static final Fact<String> KEPT_DIGEST = Fact.word("KEPT_DIGEST");
    /** The chosen changes on the machine were undone. */
    public static final Fact<String> RESTORED = Fact.word("RESTORED");

    private RemoteFacts() {}
}
