package io.keylesspull.setup.step.connection;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.OutputListener;

/** How commands get to a machine. Steps of one machine share it. */
sealed interface Way permits SshWay, RunCommandWay {

    /** Makes sure that commands can be run. @param noAnswer asked if the machine does not answer */
    void open(MachineConnection.NoAnswer noAnswer) throws NotYet, Failure, InterruptedException;

    /** The same for a command. */
    void open() throws Failure, InterruptedException;

    /** Runs a command after {@link #open}. Any exit status is a result. */
    CommandResult run(StepContext context, Command command, OutputListener listener)
            throws Failure, InterruptedException;

    /** Gives back what it holds for a step that ends. */
    void release(StepContext context);

    /** Who runs the commands. */
    String user();

    /**
     * What a person types to run a command there.
     *
     * @param keyFile where the private key is
     * @param knownHosts where the machine's host keys are
     */
    String byHand(String keyFile, String knownHosts);

    /** Hangs up; opens again when used again. */
    void close();
}
