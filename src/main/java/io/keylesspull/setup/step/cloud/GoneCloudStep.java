package io.keylesspull.setup.step.cloud;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Set;

/** A practice cloud that has ended: what a run made in it, and changed in it for all machines, ended with it. */
public final class GoneCloudStep extends SetupStep {

    private static final String CLOUD = "practice-cloud";

    private final List<String> resources;
    private final List<Change> changes;

    /** @param resources ids @param changes not to machines */
    public GoneCloudStep(List<String> resources, List<Change> changes) {
        super(StepId.shared("gone-cloud"), Text.of("setup.step.goneCloud"), Set.of(), Set.of(CloudFacts.gone(CLOUD)));
        this.resources = List.copyOf(resources);
        this.changes = List.copyOf(changes);
    }

    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    public Result run(StepContext context) {
        changes.forEach(context::reverted);
        resources.forEach(context::deleted);
        context.establish(CloudFacts.gone(CLOUD), CLOUD);
        return new Result(Outcome.CHECKED, Text.of("setup.undo.goneCloud"));
    }
}
