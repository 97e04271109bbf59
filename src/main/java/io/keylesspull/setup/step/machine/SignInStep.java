package io.keylesspull.setup.step.machine;

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
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The machine signs in to Azure as its managed identity. */
public final class SignInStep extends RemoteStep {

    private final Kind kind;
    private final Machine wanted;

    public SignInStep(SetupRequest request, Machine machine) {
        super(
                request.label(machine),
                "sign-in",
                Text.of("setup.step.signIn"),
                needs(request.identity().kind()),
                RemoteFacts.SIGNED_IN);
        this.kind = request.identity().kind();
        this.wanted = machine;
    }

    @Override
    public Preview preview(Known known) {
        return onMachine(known, wanted.create(), Text.of("setup.change.signIn", machine()));
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("The pull, without a password, on " + machine());
        if (kind == Kind.USER_ASSIGNED) {
            script.comment("(an Azure CLI before 2.69.0 wants --username instead of --resource-id)");
        }
        script.remote(lineByHand(script, kind));
    }

    /** The sign-in on the script's machine. The inner quotes are for its shell, the outer for this computer's. */
    static List<Script.Piece> lineByHand(Script script, Kind kind) {
        String login = script.sudo() + "az login --identity";
        String end = " --allow-no-subscriptions --output none";
        return kind == Kind.USER_ASSIGNED
                ? List.of(
                        Script.text(login + " --resource-id '"), Script.variable("identityId"), Script.text("'" + end))
                : List.of(Script.text(login + end));
    }

    static void signOut(StepContext context, MachineConnection connection, Change account)
            throws Failure, InterruptedException {
        Reversal.run(
                context,
                connection,
                connection.asDockerUser("az", "logout", "--username", account.subject()),
                "no active accounts");
    }

    static Set<Fact<?>> needs(Kind kind) {
        Set<Fact<?>> needs = new HashSet<>(Set.of(
                RemoteFacts.CONNECTION,
                RemoteFacts.AZURE_CLI_VERSION,
                CloudFacts.IDENTITY_ATTACHED,
                // Without a role the CLI sees no subscription, and az acr login would fail once.
                CloudFacts.ROLE_ASSIGNMENT_ID));
        if (kind == Kind.USER_ASSIGNED) {
            needs.add(CloudFacts.IDENTITY);
        }
        return Set.copyOf(needs);
    }

    /** The command for the machine of the running step, which must have {@link #needs} of this kind. */
    static Command command(StepContext context, Kind kind) {
        return context.get(RemoteFacts.CONNECTION)
                .asDockerUser(command(
                        context.get(RemoteFacts.AZURE_CLI_VERSION),
                        kind == Kind.USER_ASSIGNED
                                ? Optional.of(context.get(CloudFacts.IDENTITY).id())
                                : Optional.empty()));
    }

    /**
     * In the form that the installed version wants.
     *
     * @param identityId the user-assigned identity's resource id; empty for the system-assigned one
     */
    static String[] command(CliVersion version, Optional<String> identityId) {
        List<String> argv = new ArrayList<>(List.of("az", "login", "--identity"));
        identityId.ifPresent(id -> argv.addAll(
                List.of(version.atLeast(CliVersion.WITH_RESOURCE_ID) ? "--resource-id" : "--username", id)));
        // Without it the sign-in fails for as long as the role has not taken effect.
        argv.add("--allow-no-subscriptions");
        argv.addAll(List.of("--output", "none"));
        return argv.toArray(String[]::new);
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        Command login = command(context, kind);
        Change signIn = ChangeKind.SIGN_IN.of(account(kind));
        // An account that was there before signs in anew, since its token may lack the role; undo leaves it.
        boolean there = !context.changed(signIn) && hasAccount(context, connection);
        context.change(
                there ? List.of() : List.of(signIn),
                () -> new RegistryAccess(context, connection, Optional.empty())
                        .run(
                                "az",
                                () -> connection.run(context, login),
                                CommandResult::ok,
                                (cause, details) -> Failure.of("setup.signInRefused", details, machine())
                                        .problem()));
        String account = connection
                .require(
                        context,
                        connection.asDockerUser("az", "account", "show", "--query", "user.name", "--output", "tsv"))
                .stdout()
                .strip();
        context.establish(RemoteFacts.SIGNED_IN, account);
        return new Result(there ? Outcome.FOUND : Outcome.CREATED, Text.of("setup.signedIn"));
    }

    private boolean hasAccount(StepContext context, MachineConnection connection) throws Failure, InterruptedException {
        return accounts(context, connection).stdout().lines().anyMatch(account(kind)::equals);
    }

    /** The names of the accounts that the CLI is signed in with, one a line. */
    static CommandResult accounts(StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        return connection.run(
                context,
                connection.asDockerUser(
                        "az",
                        "account",
                        "list",
                        "--all",
                        "--query",
                        "[].user.name",
                        "--output",
                        "tsv",
                        "--only-show-errors"));
    }

    /** What the CLI calls an account that is a managed identity. */
    private static String account(Kind kind) {
        return kind == Kind.USER_ASSIGNED ? "userAssignedIdentity" : "systemAssignedIdentity";
    }
}
