package io.keylesspull.engine.run;

import io.keylesspull.engine.event.EventPublisher;
import io.keylesspull.engine.event.Journal;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.time.Time;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Runs plans: whatever has its facts runs, as much at once as allowed. */
public final class Runner {

    private final Executor workers;
    private final Time time;
    private final int machineStepsAtOnce;

    /**
     * @param workers where steps run; each blocks a thread, so it must not be bounded below what a plan runs at once
     * @param machineStepsAtOnce how many steps that belong to machines may run at once; at least 1
     */
    public Runner(Executor workers, Time time, int machineStepsAtOnce) {
        if (machineStepsAtOnce < 1) {
            throw new IllegalArgumentException("at least one machine step must be able to run");
        }
        this.workers = workers;
        this.time = time;
        this.machineStepsAtOnce = machineStepsAtOnce;
    }

    /**
     * Starts a plan and returns at once. Steps whose facts are all known already count as done, so that a plan that
     * failed continues from where it stopped when it is started again with the same facts.
     *
     * @param facts what is known; the run adds to it
     * @param journal where what is durable is written first; what cannot be written ends the step that reported it
     * @param events gets everything, one at a time, by a thread of the run's own; nothing comes after {@code RunEnded}.
     *     Must return quickly and not throw: a run goes no faster than its listener
     */
    public Run start(Plan plan, Facts facts, Journal journal, Consumer<RunEvent> events) {
        Run run = new Run(plan, facts, new EventPublisher(time, journal, events), workers, time, machineStepsAtOnce);
        run.begin();
        return run;
    }
}
