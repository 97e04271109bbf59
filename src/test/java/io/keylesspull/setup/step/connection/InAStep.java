package io.keylesspull.setup.step.connection;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Journal;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.engine.run.Run;
import io.keylesspull.engine.run.Runner;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Uses a connection to a machine as a step does, in a run of one step. */
public final class InAStep extends SetupStep {

    private static final Fact<String> WORKED = Fact.word("WORKED");

    private final MachineConnection connection;
    private final Work work;

    private InAStep(MachineConnection connection, Work work) {
        super(StepId.on(connection.machine(), "work"), Text.of("setup.step.docker"), Set.of(), Set.of(WORKED));
        this.connection = connection;
        this.work = work;
    }

    /** What the step does. */
    @FunctionalInterface
    public interface Work {
        void in(StepContext context, MachineConnection connection) throws Failure, InterruptedException;
    }

    /** Begins it. @param executor where it works @param time the run's */
    public static Run start(
            MachineConnection connection, Work work, Executor executor, Time time, Consumer<RunEvent> events) {
        return new Runner(executor, time, 1)
                .start(
                        Plan.of(Purpose.SETUP, List.of(new InAStep(connection, work))),
                        new Facts(),
                        Journal.inMemory(),
                        events);
    }

    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    public Result run(StepContext context) throws Failure, InterruptedException {
        try {
            work.in(context, connection);
        } finally {
            connection.release(context);
        }
        context.establish(WORKED, "yes");
        return new Result(Outcome.CHECKED, Text.of("setup.step.docker"));
    }
}
