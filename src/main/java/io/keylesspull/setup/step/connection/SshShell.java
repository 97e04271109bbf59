package io.keylesspull.setup.step.connection;

import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.OutputListener;
import io.keylesspull.remote.RemoteShell;
import io.keylesspull.remote.SshException;

/** One SSH connection, for all steps. */
record SshShell(RemoteShell shell) implements MachineShell {

    @Override
    public boolean isOpen() {
        return shell.isConnected();
    }

    @Override
    public CommandResult run(StepContext context, Command command, OutputListener listener)
            throws SshException, InterruptedException {
        return shell.run(command, listener);
    }

    @Override
    public void release(StepContext context) {
        // A step holds nothing of its own.
    }

    @Override
    public void close() {
        shell.close();
    }
}
