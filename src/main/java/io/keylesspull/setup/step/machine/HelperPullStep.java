package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.CredentialHelper;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Set;

/**
 * Pulls through the credential helper. Retries until the identity has reached the machine and the role has taken
 * effect.
 */
public final class HelperPullStep extends RemoteStep {

    private final Fact<String> digest;
    private final String wanted;

    private HelperPullStep(
            SetupRequest request, Machine machine, String name, Text title, Set<Fact<?>> needs, Fact<String> digest) {
        super(request.label(machine), name, title, needs, digest);
        this.digest = digest;
        this.wanted = request.image();
    }

    /** The machine's only pull. */
    public static HelperPullStep only(SetupRequest request, Machine machine) {
        return new HelperPullStep(
                request,
                machine,
                "pull",
                Text.of("setup.step.pull"),
                Set.of(
                        RemoteFacts.CONNECTION,
                        CloudFacts.IMAGE,
                        CloudFacts.REGISTRY,
                        RemoteFacts.CREDENTIAL_HELPER,
                        CloudFacts.ROLE_ASSIGNMENT_ID),
                RemoteFacts.PULLED_DIGEST);
    }

    /** A second pull, after the first was proven. */
    public static HelperPullStep again(SetupRequest request, Machine machine) {
        return new HelperPullStep(
                request,
                machine,
                "pull-again",
                Text.of("setup.step.pullAgain"),
                Set.of(
                        RemoteFacts.CONNECTION,
                        CloudFacts.IMAGE,
                        CloudFacts.REGISTRY,
                        RemoteFacts.CREDENTIAL_HELPER,
                        RemoteFacts.PROVEN_DIGEST),
                RemoteFacts.KEPT_DIGEST);
    }

    /** A second pull finds the image of the first. */
    @Override
    public Preview preview(Known known) {
        return again() ? Preview.nothing() : Pull.preview(known, machine(), wanted);
    }

    private boolean again() {
        return needs().contains(RemoteFacts.PROVEN_DIGEST);
    }

    @Override
    public void byHand(Script script, Known known) {
        if (again()) {
            script.remote(Pull.lineByHand(script, wanted));
            return;
        }
        script.comment("(refused until the role has taken effect, up to 10 minutes)");
        script.retryRemote(Pull.lineByHand(script, wanted), List.of());
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        Pull pull = new Pull(context, context.get(RemoteFacts.CONNECTION), context.get(CloudFacts.IMAGE));
        // A helper that failed does not make a pull fail for which Docker found another way in.
        CredentialHelper helper = context.get(RemoteFacts.CREDENTIAL_HELPER);
        Outcome outcome = pull.run(result -> result.ok() && !helper.complainedIn(result.stderr()));
        String pulled = pull.digest();
        if (again() && !pulled.equals(context.get(RemoteFacts.PROVEN_DIGEST))) {
            throw Failure.of(
                    "setup.digestsDiffer",
                    pulled + " ≠ " + context.get(RemoteFacts.PROVEN_DIGEST),
                    pull.image(),
                    machine());
        }
        context.establish(digest, pulled);
        return new Result(again() ? Outcome.CHECKED : outcome, Text.of("setup.pulled", pulled));
    }
}
