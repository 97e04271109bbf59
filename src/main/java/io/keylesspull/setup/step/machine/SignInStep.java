package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The machine signs in to Azure as its managed identity. */
public final class SignInStep extends RemoteStep {

    /** The instance metadata service learns of a newly attached identity a little after Azure says so. */
    static final Retry IDENTITY_ARRIVES = new Retry(Duration.ofMinutes(3),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15)));

    private final Kind kind;

    public SignInStep(String machine, Kind kind) {
        super(machine, "sign-in", Text.of("setup.step.signIn"), needs(kind), SetupFacts.SIGNED_IN);
        this.kind = kind;
    }

    static Set<Fact<?>> needs(Kind kind) {
        Set<Fact<?>> needs = new HashSet<>(Set.of(SetupFacts.CONNECTION, SetupFacts.AZURE_CLI_VERSION,
                SetupFacts.IDENTITY_ATTACHED,
                // Without a role the CLI sees no subscription, and az acr login would fail once.
                SetupFacts.ROLE_ASSIGNMENT_ID));
        if (kind == Kind.USER_ASSIGNED) {
            needs.add(SetupFacts.IDENTITY);
        }
        return Set.copyOf(needs);
    }

    /** The command for the machine of the running step, which must have {@link #needs} of this kind. */
    static Command command(StepContext context, Kind kind) {
        return context.get(SetupFacts.CONNECTION).asDockerUser(AzureSignIn.command(
                context.get(SetupFacts.AZURE_CLI_VERSION), kind == Kind.USER_ASSIGNED
                        ? Optional.of(context.get(SetupFacts.IDENTITY).id()) : Optional.empty()));
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(SetupFacts.CONNECTION);
        Command login = command(context, kind);
        context.change(List.of(ChangeKind.SIGN_IN.of(account(kind))),
                () -> context.retry(IDENTITY_ARRIVES, () -> signIn(context, connection, login)));
        String account = connection.require(context,
                connection.asDockerUser("az", "account", "show", "--query", "user.name", "--output", "tsv")).stdout().strip();
        context.establish(SetupFacts.SIGNED_IN, account);
        return new Result(Outcome.CHECKED, Text.of("setup.signedIn", account));
    }

    /** What the CLI calls an account that is a managed identity. */
    private static String account(Kind kind) {
        return kind == Kind.USER_ASSIGNED ? "userAssignedIdentity" : "systemAssignedIdentity";
    }

    private CommandResult signIn(StepContext context, MachineConnection connection, Command login)
            throws NotYet, Failure, InterruptedException {
        CommandResult result = connection.run(context, login);
        if (result.ok()) {
            return result;
        }
        throw new NotYet(Text.of("setup.signIn.waiting"),
                Failure.of("setup.signInFailed", MachineConnection.lastOutput(result), machine()).problem());
    }
}
