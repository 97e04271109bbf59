package io.keylesspull.setup.step.connection;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import java.time.Duration;
import java.util.List;

/** Starts work on a machine again if the connection was lost meanwhile, with a new one. */
public final class Losses {

    /** More losses than this have a cause that a retry does not repair. */
    private static final int MOST = 3;

    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** Long enough for a restart of the machine. */
    private static final Retry UNTIL_BACK =
            new Retry(Duration.ofMinutes(5), List.of(Duration.ofSeconds(5), Duration.ofSeconds(10)));

    private Losses() {}

    /** Finds what is done already, and does the rest. */
    @FunctionalInterface
    public interface Work<T> {
        T attempt() throws Failure, InterruptedException;
    }

    /** @param connection with which the work is done */
    public static <T> T survive(StepContext context, MachineConnection connection, Work<T> work)
            throws Failure, InterruptedException {
        for (int losses = 1; ; losses++) {
            try {
                return work.attempt();
            } catch (Failure failure) {
                if (losses > MOST || !MachineConnection.isLost(failure)) {
                    throw failure;
                }
                context.waiting(MachineConnection.lossInWords(failure), losses, PAUSE, UNTIL_BACK.bound());
                context.time().sleep(PAUSE);
                context.retry(UNTIL_BACK, connection::reached);
            }
        }
    }
}
