package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code az acr login}, again and again while the role spreads through Azure. */
public final class RegistryLoginStep extends RemoteStep {

    /** Azure says up to 10 minutes ("Troubleshoot Azure RBAC"); a little more, because that is measured from there. */
    static final Retry ROLE_SPREADS = new Retry(
            Duration.ofMinutes(12),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(20)));

    private final SetupRequest request;
    private final Kind kind;

    public RegistryLoginStep(SetupRequest request, Machine machine) {
        super(
                machine.name(),
                "registry-login",
                Text.of("setup.step.registryLogin"),
                needs(request.identity().kind()),
                RemoteFacts.REGISTRY_LOGIN);
        this.request = request;
        this.kind = request.identity().kind();
    }

    @Override
    public Preview preview(Known known) {
        return Preview.ifMissing(Text.of(
                "setup.change.registryLogin", machine(), request.registry().name()));
    }

    @Override
    public void byHand(Script script, Known known) {
        String login = Command.of(known.find(CloudFacts.REGISTRY)
                        .map(RegistryLoginStep::command)
                        .orElseGet(() -> new String[] {"az", "acr", "login", "--name", request.registryNameByHand()}))
                .shellLine();
        script.comment("(refused until the role has taken effect, up to 10 minutes; each try signs in anew)");
        script.retry(script.ssh() + Script.word(script.sudo() + login), SignInStep.lineByHand(script, kind));
    }

    static void logOut(StepContext context, MachineConnection connection, Change server)
            throws Failure, InterruptedException {
        Reversal.run(context, connection, connection.asDockerUser("docker", "logout", server.subject()));
    }

    private static Set<Fact<?>> needs(Kind kind) {
        Set<Fact<?>> needs = new HashSet<>(SignInStep.needs(kind));
        needs.addAll(Set.of(RemoteFacts.SIGNED_IN, RemoteFacts.DOCKER_CONFIG, CloudFacts.REGISTRY));
        return Set.copyOf(needs);
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        RegistryInfo registry = context.get(CloudFacts.REGISTRY);
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        DockerConfigFile.ofDockerUser(connection)
                .clearOtherHelper(
                        context, connection, registry.loginServer(), CredentialHelperStep.helper(context, kind));
        List<Change> changes = new ArrayList<>(LoginFiles.ofDocker(context, connection));
        changes.add(ChangeKind.REGISTRY_LOGIN.of(registry.loginServer()));
        context.change(changes, () -> {
            AtomicBoolean refused = new AtomicBoolean();
            return context.retry(ROLE_SPREADS, () -> login(context, registry, refused));
        });
        context.establish(RemoteFacts.REGISTRY_LOGIN, registry.loginServer());
        return new Result(Outcome.CHECKED, Text.of("setup.loggedIn", registry.loginServer()));
    }

    /** @param refused whether it was refused before; set to whether it is now */
    private CommandResult login(StepContext context, RegistryInfo registry, AtomicBoolean refused)
            throws NotYet, Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        if (refused.get()) {
            // What the identity may do, the CLI knows from the sign-in: one from before the wait is too old.
            connection.run(context, SignInStep.command(context, kind));
        }
        CommandResult result = connection.run(context, connection.asDockerUser(command(registry)));
        // Older versions end with status 0 whatever happened (azure-cli#11355): only the words count.
        if (result.ok() && result.stdout().contains("Login Succeeded")) {
            return result;
        }
        String output = MachineConnection.lastOutput(result);
        if (output.contains("DOCKER_COMMAND_ERROR")) {
            throw Failure.of("setup.dockerRefused", output, machine());
        }
        refused.set(true);
        Problem problem = Failure.of(
                        "setup.loginRefused",
                        output,
                        machine(),
                        registry.loginServer(),
                        ROLE_SPREADS.bound().toMinutes())
                .problem();
        throw new NotYet(Text.of("setup.role.waiting"), problem);
    }

    static String[] command(RegistryInfo registry) {
        List<String> argv = new ArrayList<>(List.of("az", "acr", "login", "--name", registry.name()));
        suffix(registry).ifPresent(suffix -> argv.addAll(List.of("--suffix", suffix)));
        return argv.toArray(String[]::new);
    }

    /**
     * With a domain-name label the login server is {@code name-hash.azurecr.io}. A pull role does not let the CLI look
     * the login server up, so it has to be given the hash, without the hyphen: it takes a value that begins with one
     * for an option, and adds the hyphen itself (azure-cli#31605; seen with 2.45 and 2.91).
     */
    static Optional<String> suffix(RegistryInfo registry) {
        String name = registry.name().toLowerCase(Locale.ROOT);
        String host = registry.loginServer().toLowerCase(Locale.ROOT);
        int dot = host.indexOf('.');
        boolean labelled = host.startsWith(name + "-") && dot > name.length();
        return labelled ? Optional.of(host.substring(name.length() + 1, dot)) : Optional.empty();
    }
}
