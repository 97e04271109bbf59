package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A step that works on one machine. If the connection is lost, the step starts again with a new one. Like every step,
 * it finds what is done already and does the rest.
 */
abstract class RemoteStep extends SetupStep {

    /** More losses than this have a cause that a retry does not repair. */
    private static final int LOSSES = 3;

    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** Long enough for a restart of the machine. */
    private static final Retry UNTIL_BACK =
            new Retry(Duration.ofMinutes(5), List.of(Duration.ofSeconds(5), Duration.ofSeconds(10)));

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
        try {
            return untilKept(context);
        } finally {
            context.get(RemoteFacts.CONNECTION).release(context);
        }
    }

    /** A lost connection does not count. */
    private Result untilKept(StepContext context) throws Failure, InterruptedException {
        for (int losses = 1; ; losses++) {
            try {
                return work(context);
            } catch (Failure failure) {
                if (losses > LOSSES || !MachineConnection.isLost(failure)) {
                    throw failure;
                }
                context.waiting(MachineConnection.lossInWords(failure), losses, PAUSE, UNTIL_BACK.bound());
                context.time().sleep(PAUSE);
                context.retry(UNTIL_BACK, context.get(RemoteFacts.CONNECTION)::reached);
            }
        }
    }

    /** One attempt of {@link #run}. */
    abstract Result work(StepContext context) throws Failure, InterruptedException;
}
