package io.keylesspull.setup.step.connection;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.OutputListener;
import io.keylesspull.remote.SshException;

/** Runs commands on a machine that a {@link Way} leads to. Several steps may use it at the same time. */
public sealed interface MachineShell permits SshShell, RunCommandShell {

    /** Whether it can run commands. */
    boolean isOpen();

    /** Runs a command to its end. Any exit status is a result. */
    CommandResult run(StepContext context, Command command, OutputListener listener)
            throws SshException, Failure, InterruptedException;

    /** Gives back what it holds for a step that ends. */
    void release(StepContext context);

    /** Hangs up, if anything stays open between commands: the next shell has the user's groups of that time. */
    void close();
}
