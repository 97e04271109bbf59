package io.keylesspull.setup.step.connection;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.step.InvokedScript;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.util.Optional;

/**
 * By managed Run Command, without SSH. Opens at once; the first command shows whether the machine answers.
 *
 * @param label what the run calls the machine
 * @param user who commands run as
 */
public record RunCommandWay(String label, MachineInfo machine, String user, AzureSubscription azure) implements Way {

    @Override
    public MachineShell open(Time time) {
        return new RunCommandShell(label, machine, user, azure, time);
    }

    @Override
    public Command sessionCommand(Optional<String> keyFile, String knownHosts) {
        return Command.of(InvokedScript.of(machine.resourceGroup(), machine.name(), "runuser -l " + user + " -c id"));
    }

    @Override
    public Text shown() {
        return Text.of("setup.way.runCommand", toString());
    }

    @Override
    public String toString() {
        return user + "@" + machine.name();
    }
}
