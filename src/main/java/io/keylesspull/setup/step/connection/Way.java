package io.keylesspull.setup.step.connection;

import io.keylesspull.remote.Command;
import io.keylesspull.remote.SshException;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.util.Optional;

/** A way to one machine. The steps that work there do not know which one it is. */
public sealed interface Way permits SshWay, RunCommandWay {

    /** Who commands run as. */
    String user();

    /** Opens it. @throws SshException if the machine is not reached, or does not let the user in */
    MachineShell open(Time time) throws SshException, InterruptedException;

    /**
     * The command that opens a session on the machine, and on no other; for Run Command, one that runs a command there.
     *
     * @param keyFile where the machine's private key is; empty: among those that {@code ssh} tries by itself
     * @param knownHosts where the host keys are
     */
    Command sessionCommand(Optional<String> keyFile, String knownHosts);

    /** For people, such as {@code azureuser@10.0.0.5 (its private address)}. */
    Text shown();
}
