package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.text.Text;
import java.util.Set;

/** Pulls with the stored sign-in to the registry, as in the tutorial. */
public final class PullStep extends RemoteStep {

    private final SetupRequest request;

    public PullStep(SetupRequest request, Machine machine) {
        super(
                request.label(machine),
                "pull",
                Text.of("setup.step.pull"),
                Set.of(RemoteFacts.CONNECTION, RemoteFacts.REGISTRY_LOGIN, CloudFacts.IMAGE),
                RemoteFacts.PULLED_DIGEST);
        this.request = request;
    }

    @Override
    public Preview preview(Known known) {
        return Pull.preview(known, machine(), request.image());
    }

    @Override
    public void byHand(Script script, Known known) {
        script.remote(Pull.lineByHand(script, request.image()));
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        Pull pull = new Pull(context, context.get(RemoteFacts.CONNECTION), context.get(CloudFacts.IMAGE));
        Outcome outcome = pull.run(CommandResult::ok);
        String digest = pull.digest();
        context.establish(RemoteFacts.PULLED_DIGEST, digest);
        return new Result(outcome, Text.of("setup.pulled", digest));
    }
}
