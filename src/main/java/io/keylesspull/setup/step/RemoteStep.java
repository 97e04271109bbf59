package io.keylesspull.setup.step;

import io.keylesspull.engine.Fact;
import io.keylesspull.engine.StepId;
import io.keylesspull.text.Text;
import java.util.Set;

/** A step that works on one machine over SSH. */
abstract class RemoteStep extends SetupStep {

    private final String machine;

    RemoteStep(String machine, String name, Text title, Set<Fact<?>> needs, Fact<?> establishes) {
        super(StepId.on(machine, name), title, needs, Set.of(establishes));
        this.machine = machine;
    }

    final String machine() {
        return machine;
    }
}
