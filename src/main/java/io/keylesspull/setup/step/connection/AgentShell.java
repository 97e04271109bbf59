package io.keylesspull.setup.step.connection;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.remote.CommandResult;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Single commands on a machine that runs, as root by Azure's Run Command: before a run there is no other way to it. */
public record AgentShell(VirtualMachines machines, MachineInfo machine) {

    private static final Pattern END = Pattern.compile("(?s)(?<output>.*)exit (?<status>\\d+)\\s*");

    /**
     * Runs a line of shell, which must change nothing.
     *
     * @return with both streams as one; empty if the machine did not say how it ended
     * @throws AzureException CONFLICT if the machine runs another script
     */
    public Optional<CommandResult> run(String line) throws AzureException, InterruptedException {
        String answer = machines.run(machine, List.of(line + " 2>&1", "echo \" exit $?\""))
                .stdout();
        Matcher end = END.matcher(answer);
        return end.matches()
                ? Optional.of(new CommandResult(
                        Integer.parseInt(end.group("status")),
                        end.group("output").strip(),
                        "",
                        false))
                : Optional.empty();
    }
}
