package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.text.Text;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pull for which Docker asks the credential helper, again and again while the identity reaches the machine and the
 * role spreads.
 */
public final class HelperPullStep extends RemoteStep {

    /** How Docker tells that a registry does not let it in; a missing image is told otherwise. */
    private static final String[] NOT_LET_IN = {"unauthorized", "denied"};

    private final Fact<String> digest;

    private HelperPullStep(String machine, String name, Text title, Set<Fact<?>> needs, Fact<String> digest) {
        super(machine, name, title, needs, digest);
        this.digest = digest;
    }

    /** The machine's only pull. */
    public static HelperPullStep only(String machine) {
        return new HelperPullStep(machine, "pull", Text.of("setup.step.pull"), Set.of(SetupFacts.CONNECTION,
                SetupFacts.IMAGE, SetupFacts.REGISTRY, SetupFacts.CREDENTIAL_HELPER, SetupFacts.ROLE_ASSIGNMENT_ID),
                SetupFacts.PULLED_DIGEST);
    }

    /** A second pull, after the first was proven. */
    public static HelperPullStep again(String machine) {
        return new HelperPullStep(machine, "pull-again", Text.of("setup.step.pullAgain"), Set.of(SetupFacts.CONNECTION,
                SetupFacts.IMAGE, SetupFacts.REGISTRY, SetupFacts.CREDENTIAL_HELPER, SetupFacts.PROVEN_DIGEST),
                SetupFacts.KEPT_DIGEST);
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        Pull pull = new Pull(context, context.get(SetupFacts.CONNECTION), context.get(SetupFacts.IMAGE));
        pull.run(() -> context.retry(RegistryLoginStep.ROLE_SPREADS, () -> letIn(context, pull)));
        String pulled = pull.digest();
        if (needs().contains(SetupFacts.PROVEN_DIGEST) && !pulled.equals(context.get(SetupFacts.PROVEN_DIGEST))) {
            throw Failure.of("setup.digestsDiffer", pulled + " ≠ " + context.get(SetupFacts.PROVEN_DIGEST),
                    pull.image(), machine());
        }
        context.establish(digest, pulled);
        return new Result(Outcome.CHECKED, Text.of("setup.pulled", pulled));
    }

    private CommandResult letIn(StepContext context, Pull pull) throws NotYet, Failure, InterruptedException {
        CommandResult result = context.retry(SignInStep.IDENTITY_ARRIVES, () -> withIdentity(context, pull));
        // A helper that failed does not make a pull fail for which Docker found another way in.
        boolean complained = context.get(SetupFacts.CREDENTIAL_HELPER).complainedIn(result.stderr());
        if (result.ok() && !complained) {
            return result;
        }
        if (!complained && Stream.of(NOT_LET_IN).noneMatch(result.stderr()::contains)) {
            throw new Failure(pull.failed(result));
        }
        throw new NotYet(Text.of("setup.role.waiting"), Failure.of("setup.loginRefused",
                MachineConnection.lastOutput(result), machine(), context.get(SetupFacts.REGISTRY).loginServer(),
                RegistryLoginStep.ROLE_SPREADS.bound().toMinutes()).problem());
    }

    private CommandResult withIdentity(StepContext context, Pull pull) throws NotYet, Failure, InterruptedException {
        CommandResult result = pull.attempt();
        if (context.get(SetupFacts.CREDENTIAL_HELPER).lackedTokenIn(result.stderr())) {
            throw new NotYet(Text.of("setup.signIn.waiting"), Failure.of("setup.signInFailed",
                    MachineConnection.lastOutput(result), machine()).problem());
        }
        return result;
    }
}
