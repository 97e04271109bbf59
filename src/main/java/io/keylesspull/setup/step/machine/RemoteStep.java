package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.Losses;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.util.Set;

/**
 * A step that works on one machine. If the connection is lost, the step starts again with a new one. Like every step,
 * it finds what is done already and does the rest.
 */
abstract class RemoteStep extends SetupStep {

    private final String machine;

    /** @param needs {@link RemoteFacts#CONNECTION} among them */
    RemoteStep(String machine, String name, Text title, Set<Fact<?>> needs, Fact<?> establishes) {
        super(StepId.on(machine, name), title, needs, Set.of(establishes));
        this.machine = machine;
    }

    final String machine() {
        return machine;
    }

    /**
     * The preview of something whose presence can only be seen on the machine.
     *
     * @param plainSystem whether a new machine certainly does not have it
     */
    static Preview onMachine(Known known, boolean plainSystem, Text what) {
        return plainSystem && known.find(CloudFacts.MACHINE).isEmpty() ? Preview.create(what) : Preview.ifMissing(what);
    }

    @Override
    public final Result run(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        try {
            // A lost connection does not count.
            return Losses.survive(context, connection, () -> work(context));
        } finally {
            connection.release(context);
        }
    }

    /** One attempt of {@link #run}. */
    abstract Result work(StepContext context) throws Failure, InterruptedException;
}
