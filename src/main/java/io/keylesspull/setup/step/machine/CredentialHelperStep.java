package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.CredentialHelper;
import io.keylesspull.setup.step.HelperEntry;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.apt.Apt;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Installs the credential helper on the machine, and configures Docker to use it for the registry, for the machine's
 * user and for root.
 */
public final class CredentialHelperStep extends RemoteStep {

    private static final Command CURL = Command.of("curl", "--version");

    /**
     * Puts the entry first, so that nothing else has to be understood. One of this program's helpers, for another
     * identity, is replaced where it stands; anybody else's is left alone.
     */
    private static final String NAME_HELPER =
            """
            set -euf
            open='{' close='}' helpers='"credHelpers"' ours=FAMILY between=
            mkdir -p -m 0700 "$HOME/.docker"
            config=$(readlink -f "$HOME/.docker/config.json")
            [ -e "$config" ] || install -m 0600 /dev/null "$config"
            text=$(cat "$config")
            # Without blanks and line ends.
            plain=$(printf %s $text)
            if [ -z "$plain" ]; then
                text=$open$close plain=$open$close
            fi
            case $plain in
                *"\\"$1\\":\\"$2\\""*) exit 0 ;;
                *"\\"$1\\":\\"$ours\\""* | *"\\"$1\\":\\"$ours-"*)
                    named=${plain#*"\\"$1\\":\\""}
                    named=${named%%\\"*}
                    head='' tail=$text
                    while :; do
                        head=$head${tail%%"\\"$1\\""*}\\"$1\\"
                        tail=${tail#*"\\"$1\\""}
                        case $(printf %s $tail) in
                            ":\\"$named\\""*) break ;;
                        esac
                    done
                    head=$head${tail%%"\\"$named\\""*} new=\\"$2\\"
                    tail=${tail#*"\\"$named\\""}
                    ;;
                *"\\"$1\\":\\""*)
                    echo "Docker asks another helper for $1: replace it by $2 in $config, then go on from here." >&2
                    exit 1
                    ;;
                "$open"*"$close")
                    new="\\"$1\\": \\"$2\\""
                    case $plain in
                        *"$helpers:$open"*)
                            head="${text%%"$helpers"*}$helpers: $open" tail=${text#*"$helpers"}
                            tail=${tail#*"$open"}
                            ;;
                        *) head=$open new="$helpers: $open$new$close" tail=${text#*"$open"} ;;
                    esac
                    case $(printf %s $tail) in
                        "$close"*) ;;
                        *) between=', ' ;;
                    esac
                    ;;
                *)
                    echo "Put right what is in $config, then go on from here." >&2
                    exit 1
                    ;;
            esac
            beside=$config.keyless-pull
            install -m 0600 /dev/null "$beside"
            printf '%s\\n' "$head$new$between$tail" > "$beside"
            cp --attributes-only --preserve=mode,ownership "$config" "$beside"
            mv "$beside" "$config"
            """.replace("FAMILY", CredentialHelper.of(Optional.empty()).name());

    private final SetupRequest request;
    private final Kind kind;

    /** @param after facts that must be established before, without the helper */
    public CredentialHelperStep(SetupRequest request, Machine machine, Set<Fact<?>> after) {
        super(
                request.label(machine),
                "credential-helper",
                Text.of("setup.step.credentialHelper"),
                needs(request.identity().kind(), after),
                RemoteFacts.CREDENTIAL_HELPER);
        this.request = request;
        this.kind = request.identity().kind();
    }

    @Override
    public Preview preview(Known known) {
        return onMachine(
                known,
                true,
                Text.of(
                        "setup.change.credentialHelper",
                        machine(),
                        request.registry().name()));
    }

    @Override
    public void byHand(Script script, Known known) {
        CredentialHelper system = CredentialHelper.of(Optional.empty());
        List<Script.Piece> suffix =
                kind == Kind.USER_ASSIGNED ? List.of(Script.text("-"), Script.variable("clientId")) : List.of();
        script.comment("The credential helper on " + machine() + ", which asks the identity at every pull");
        script.remoteWithInput(
                "credential_helper",
                "The credential helper for Docker",
                known.find(CloudFacts.REGISTRY)
                        .map(registry -> CredentialHelper.script(registry.loginServer()))
                        .orElseGet(CredentialHelper::script),
                line("sudo tee " + system.path(), suffix, " > /dev/null"));
        script.remote(line("sudo chmod 0755 " + system.path(), suffix, ""));
        if (request.access().azureCli()) {
            script.remote(List.of(Script.text(script.sudo() + "docker logout "), Script.variable("loginServer")));
        }
        for (String user : List.of("", "sudo -H ")) {
            List<Script.Piece> line = new ArrayList<>(List.of(
                    Script.text(user + "sh -s -- "), Script.variable("loginServer"), Script.text(" " + system.name())));
            line.addAll(suffix);
            script.remoteWithInput(
                    "name_helper", "What names the helper in Docker's configuration, for a shell", NAME_HELPER, line);
        }
    }

    private static List<Script.Piece> line(String before, List<Script.Piece> pieces, String after) {
        List<Script.Piece> line = new ArrayList<>(List.of(Script.text(before)));
        line.addAll(pieces);
        if (!after.isEmpty()) {
            line.add(Script.text(after));
        }
        return line;
    }

    static void removeEntry(StepContext context, MachineConnection connection, Change change)
            throws Failure, InterruptedException {
        HelperEntry entry = HelperEntry.parse(change.subject());
        for (DockerConfigFile file : DockerConfigFile.of(connection)) {
            if (file.path().equals(entry.path())) {
                file.removeHelper(context, connection, entry);
            }
        }
    }

    static void removeHelper(StepContext context, MachineConnection connection, Change helper)
            throws Failure, InterruptedException {
        Reversal.run(
                context, connection, Command.of("rm", "-f", helper.subject()).asRoot());
    }

    private static Set<Fact<?>> needs(Kind kind, Set<Fact<?>> after) {
        Set<Fact<?>> needs = new HashSet<>(after);
        needs.addAll(Set.of(RemoteFacts.CONNECTION, RemoteFacts.DOCKER_CONFIG, CloudFacts.REGISTRY));
        if (kind == Kind.USER_ASSIGNED) {
            needs.add(CloudFacts.IDENTITY);
        }
        return Set.copyOf(needs);
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        String loginServer = context.get(CloudFacts.REGISTRY).loginServer();
        CredentialHelper helper = helper(context, kind);
        connection.look(context, List.of(CURL, exists(helper.path()), exists(helper.earlierPath())));
        curl(context, connection);
        boolean shadowed = shadowed(context, connection, helper);
        boolean changed = put(context, connection, helper, CredentialHelper.script(loginServer));
        logOut(context, connection, loginServer);
        for (DockerConfigFile config : DockerConfigFile.of(connection)) {
            changed |= config.setHelper(context, connection, loginServer, helper);
        }
        context.establish(RemoteFacts.CREDENTIAL_HELPER, helper);
        Outcome outcome = context.changed(ChangeKind.CREDENTIAL_HELPER.of(helper.path()))
                ? Outcome.CREATED
                : changed ? Outcome.CHANGED : Outcome.FOUND;
        return new Result(
                outcome,
                shadowed
                        ? Text.of("setup.credentialHelper.shadowed", helper.path(), helper.earlierPath())
                        : Text.of("setup.credentialHelper", helper.toString()));
    }

    /** The helper for the identity that is to pull. @param context of a step that needs a user-assigned identity */
    static CredentialHelper helper(StepContext context, Kind kind) {
        return CredentialHelper.of(
                kind == Kind.USER_ASSIGNED
                        ? Optional.of(context.get(CloudFacts.IDENTITY).clientId())
                        : Optional.empty());
    }

    private static void curl(StepContext context, MachineConnection connection) throws Failure, InterruptedException {
        if (Apt.cutOff(context, "curl") || !connection.run(context, CURL).ok()) {
            Apt apt = new Apt(connection, context);
            apt.update();
            apt.install("ca-certificates", "curl");
        }
    }

    /** @return whether it was missing, or another text under this name */
    private static boolean put(
            StepContext context, MachineConnection connection, CredentialHelper helper, String script)
            throws Failure, InterruptedException {
        String path = helper.path();
        boolean there = connection.run(context, exists(path)).ok();
        // Whole: the script names the keys of tokens, and what follows them would be masked.
        if (there
                && connection
                        .run(context, Command.of("cat", path).asConfidential())
                        .stdout()
                        .equals(script)
                && connection.run(context, Command.of("test", "-x", path)).ok()) {
            return false;
        }
        // A file that was there before is somebody else's: it is written over, and not taken away later.
        context.change(
                there ? List.of() : List.of(ChangeKind.CREDENTIAL_HELPER.of(path)),
                () -> connection.requireAll(
                        context,
                        List.of(
                                Command.write(path, script).asRoot(),
                                Command.of("chmod", "0755", path).asRoot())));
        return true;
    }

    /**
     * Whether a helper of an earlier version is found before this one. What this run put there itself is taken away;
     * another run's stays for that run's undo.
     */
    private static boolean shadowed(StepContext context, MachineConnection connection, CredentialHelper helper)
            throws Failure, InterruptedException {
        Change earlier = ChangeKind.CREDENTIAL_HELPER.of(helper.earlierPath());
        if (context.changed(earlier)) {
            removeHelper(context, connection, earlier);
            context.reverted(earlier);
            return false;
        }
        return connection.run(context, exists(helper.earlierPath())).ok();
    }

    private static Command exists(String path) {
        return Command.of("test", "-e", path);
    }

    /**
     * What the run has stored with Docker is taken away again: where the helper fails, Docker goes on to a stored login
     * without a word, so that a pull would prove nothing. Before Docker asks the helper: afterwards the logout would go
     * to the helper.
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
