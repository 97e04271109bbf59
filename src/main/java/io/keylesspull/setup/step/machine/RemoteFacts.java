package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.plan.Fact;
import io.keylesspull.setup.step.CredentialHelper;

/** What the steps that work on a machine establish. */
public final class RemoteFacts {

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
    /** That what was asked for was taken back on the machine. */
    public static final Fact<String> RESTORED = new Fact<>("RESTORED", String.class);

    private RemoteFacts() {
    }
}
