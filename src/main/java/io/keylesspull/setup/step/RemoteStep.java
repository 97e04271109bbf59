package io.keylesspull.setup.step;

import io.keylesspull.engine.Fact;
import io.keylesspull.engine.Step;
import io.keylesspull.engine.StepId;
import io.keylesspull.text.Text;
import java.util.Set;

/** A step that works on one machine over SSH. */
abstract class RemoteStep implements Step {

    private final StepId id;
    private final Text title;
    private final Set<Fact<?>> needs;
    private final Set<Fact<?>> establishes;

    RemoteStep(String machine, String name, Text title, Set<Fact<?>> needs, Fact<?> establishes) {
        this.id = StepId.on(machine, name);
        this.title = title;
        this.needs = needs;
        this.establishes = Set.of(establishes);
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

    final String machine() {
        return id.machine().orElseThrow();
    }
}
