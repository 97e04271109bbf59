package io.keylesspull.setup.step;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.text.Text;
import java.util.Set;

/** What every step of a setup says of itself. */
public abstract class SetupStep implements Step {

    private final StepId id;
    private final Text title;
    private final Set<Fact<?>> needs;
    private final Set<Fact<?>> establishes;

    public SetupStep(StepId id, Text title, Set<Fact<?>> needs, Set<Fact<?>> establishes) {
        this.id = id;
        this.title = title;
        this.needs = needs;
        this.establishes = establishes;
    }

    @Override
    public final StepId id() {
        return id;
    }

    @Override
    public final Text title() {
        return title;
    }

    @Override
    public final Set<Fact<?>> needs() {
        return needs;
    }

    @Override
    public final Set<Fact<?>> establishes() {
        return establishes;
    }
}
