package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.CredentialHelper;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code az acr login}, retried until the identity and its role have taken effect. */
public final class RegistryLoginStep extends RemoteStep {

    private final SetupRequest request;
    private final Kind kind;
    private final Machine wanted;

    public RegistryLoginStep(SetupRequest request, Machine machine) {
        super(
                request.label(machine),
                "registry-login",
                Text.of("setup.step.registryLogin"),
                needs(request.identity().kind()),
                RemoteFacts.REGISTRY_LOGIN);
        this.request = request;
        this.kind = request.identity().kind();
        this.wanted = machine;
    }

    @Override
    public Preview preview(Known known) {
        return onMachine(
                known,
                wanted.create(),
                Text.of(
                        "setup.change.registryLogin",
                        machine(),
                        request.registry().name()));
    }

    @Override
    public void byHand(Script script, Known known) {
        String login = Command.of(known.find(CloudFacts.REGISTRY)
                        .map(RegistryLoginStep::command)
                        .orElseGet(() -> new String[] {"az", "acr", "login", "--name", request.registryNameByHand()}))
                .shellLine();
        script.comment("(refused until the role has taken effect, up to 10 minutes; each try signs in anew)");
        script.retryRemote(List.of(Script.text(script.sudo() + login)), SignInStep.lineByHand(script, kind));
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
        CredentialHelper own = CredentialHelperStep.helper(context, kind);
        Optional<DockerConfig> config = DockerConfigFile.ofDockerUser(connection)
                .clearOtherHelper(context, connection, registry.loginServer(), own);
        List<Change> changes = new ArrayList<>(LoginFiles.ofDocker(context, connection));
        Change made = ChangeKind.REGISTRY_LOGIN.of(registry.loginServer());
        // A login that was there before is renewed, and stays when this run is undone.
        boolean there = !context.changed(made)
                && config.filter(says -> says.hasLogin(registry.loginServer())
                                // Where Docker asks the helper, it keeps no login itself.
                                || says.helper(registry.loginServer())
                                        .filter(own.name()::equals)
                                        .isPresent())
                        .isPresent();
        if (!there) {
            changes.add(made);
        }
        context.change(changes, () -> {
            AtomicBoolean refused = new AtomicBoolean();
            return new RegistryAccess(
                            context,
                            context.get(RemoteFacts.CONNECTION),
                            Optional.of(RegistryAccess.Asked.of(registry)))
                    .run(
                            "az",
                            () -> login(context, registry, refused),
                            RegistryLoginStep::succeeded,
                            (cause, details) -> Failure.of(
                                            "setup.loginFailed", details, machine(), registry.loginServer())
                                    .problem());
        });
        context.establish(RemoteFacts.REGISTRY_LOGIN, registry.loginServer());
        return new Result(there ? Outcome.FOUND : Outcome.CREATED, Text.of("setup.loggedIn", registry.loginServer()));
    }

    /** @param refused whether it was refused before; true from the first refusal on */
    private CommandResult login(StepContext context, RegistryInfo registry, AtomicBoolean refused)
            throws Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        if (refused.get()) {
            // What the identity may do, the CLI knows from the sign-in: one from before the wait is too old.
            connection.run(context, SignInStep.command(context, kind));
        }
        CommandResult result = connection.run(context, connection.asDockerUser(command(registry)));
        refused.set(!succeeded(result));
        return result;
    }

    /** Older versions end with status 0 whatever happened (azure-cli#11355): only the words count. */
    private static boolean succeeded(CommandResult result) {
        return result.ok() && result.stdout().contains("Login Succeeded");
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
