package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.CredentialHelper;
import io.keylesspull.text.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The credential helper on the machine, and that Docker asks it for the registry, as the machine's user and as root. */
public final class CredentialHelperStep extends RemoteStep {

    private final Kind kind;

    /** @param after what else has to be known before, so that it was done without the helper */
    public CredentialHelperStep(String machine, Kind kind, Set<Fact<?>> after) {
        super(machine, "credential-helper", Text.of("setup.step.credentialHelper"), needs(kind, after),
                SetupFacts.CREDENTIAL_HELPER);
        this.kind = kind;
    }

    private static Set<Fact<?>> needs(Kind kind, Set<Fact<?>> after) {
        Set<Fact<?>> needs = new HashSet<>(after);
        needs.addAll(Set.of(SetupFacts.CONNECTION, SetupFacts.DOCKER_VERSION, SetupFacts.REGISTRY));
        if (kind == Kind.USER_ASSIGNED) {
            needs.add(SetupFacts.IDENTITY);
        }
        return Set.copyOf(needs);
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(SetupFacts.CONNECTION);
        String loginServer = context.get(SetupFacts.REGISTRY).loginServer();
        CredentialHelper helper = CredentialHelper.of(kind == Kind.USER_ASSIGNED
                ? Optional.of(context.get(SetupFacts.IDENTITY).clientId()) : Optional.empty());
        List<DockerConfigFile> configs = DockerConfigFile.of(connection);
        for (DockerConfigFile config : configs) {
            config.check(context, connection, loginServer);
        }
        curl(context, connection);
        boolean changed = put(context, connection, helper);
        logOut(context, connection, loginServer);
        for (DockerConfigFile config : configs) {
            changed |= config.setHelper(context, connection, loginServer, helper);
        }
        context.establish(SetupFacts.CREDENTIAL_HELPER, helper);
        Outcome outcome = context.changed(ChangeKind.CREDENTIAL_HELPER.of(helper.path())) ? Outcome.CREATED
                : changed ? Outcome.CHANGED : Outcome.FOUND;
        return new Result(outcome, Text.of("setup.credentialHelper", helper.toString()));
    }

    private static void curl(StepContext context, MachineConnection connection) throws Failure, InterruptedException {
        if (Apt.cutOff(context, "curl") || !connection.run(context, Command.of("curl", "--version")).ok()) {
            Apt apt = new Apt(connection, context);
            apt.update();
            apt.install("ca-certificates", "curl");
        }
    }

    /** @return whether it was missing, or another text under this name */
    private static boolean put(StepContext context, MachineConnection connection, CredentialHelper helper)
            throws Failure, InterruptedException {
        String path = helper.path();
        boolean there = connection.run(context, Command.of("test", "-e", path)).ok();
        // Whole: the script names the keys of tokens, and what follows them would be masked.
        if (there && connection.run(context, Command.of("cat", path).asConfidential()).stdout()
                .equals(CredentialHelper.script()) && connection.run(context, Command.of("test", "-x", path)).ok()) {
            return false;
        }
        // A file that was there before is somebody else's: it is written over, and not taken away later.
        context.change(there ? List.of() : List.of(ChangeKind.CREDENTIAL_HELPER.of(path)), () -> {
            connection.require(context, Command.of("tee", path).asRoot().withStdin(CredentialHelper.script()));
            return connection.require(context, Command.of("chmod", "0755", path).asRoot());
        });
        return true;
    }

    /**
     * What the run has stored with Docker is taken away again: where the helper fails, Docker goes on to a stored login
     * without a word, so that a pull would prove nothing. Before Docker asks the helper: then it would be told to.
     */
    private static void logOut(StepContext context, MachineConnection connection, String loginServer)
            throws Failure, InterruptedException {
        Change stored = ChangeKind.REGISTRY_LOGIN.of(loginServer);
        if (context.changed(stored)) {
            connection.require(context, connection.asDockerUser("docker", "logout", loginServer));
            context.reverted(stored);
        }
    }
}
