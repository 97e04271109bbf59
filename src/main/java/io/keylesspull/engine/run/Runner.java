package io.keylesspull.engine.run;

import io.keylesspull.engine.event.EventPublisher;
import io.keylesspull.engine.event.Journal;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.time.Time;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Runs plans. A step starts as soon as its facts are established, within the limit of steps at once. */
public final class Runner {

    private final Executor workers;
    private final Time time;
    private final int machineStepsAtOnce;

    /**
     * @param workers runs the steps; each blocks a thread, so there must be enough threads for all steps that run at
     *     once
     * @param machineStepsAtOnce how many steps that belong to machines, and do not only wait, may run at once; at least
     *     1
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
     * @param facts the known facts; the run adds to them
     * @param journal where durable events are written first; a step fails if its event cannot be written
     * @param events receives every event, one at a time, on the run's own thread; {@code RunEnded} is the last one.
     *     Must return quickly and not throw: a slow listener slows the run down
     */
    public Run start(Plan plan, Facts facts, Journal journal, Consumer<RunEvent> events) {
        Run run = new Run(plan, facts, new EventPublisher(time, journal, events), workers, time, machineStepsAtOnce);
        run.begin();
        return run;
    }
}
