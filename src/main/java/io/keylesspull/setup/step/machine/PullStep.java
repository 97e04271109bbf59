package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.text.Text;
import java.util.Set;

/** The pull with what the sign-in to the registry has stored, as in the tutorial. */
public final class PullStep extends RemoteStep {

    public PullStep(String machine) {
        super(machine, "pull", Text.of("setup.step.pull"),
                Set.of(SetupFacts.CONNECTION, SetupFacts.REGISTRY_LOGIN, SetupFacts.IMAGE), SetupFacts.PULLED_DIGEST);
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        Pull pull = new Pull(context, context.get(SetupFacts.CONNECTION), context.get(SetupFacts.IMAGE));
        pull.run();
        String digest = pull.digest();
        context.establish(SetupFacts.PULLED_DIGEST, digest);
        return new Result(Outcome.CHECKED, Text.of("setup.pulled", digest));
    }
}
