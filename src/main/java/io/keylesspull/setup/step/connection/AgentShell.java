package io.keylesspull.setup.step.connection;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.remote.CommandResult;
import java.util.ArrayList;
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
        return run(List.of(), line);
    }

    /**
     * The same with functions that the line calls. Of a long output only the end comes back.
     *
     * @param functions lines that define them
     */
    public Optional<CommandResult> run(List<String> functions, String line)
            throws AzureException, InterruptedException {
        List<String> script = new ArrayList<>(functions);
        script.add(line + " 2>&1");
        script.add("echo \" exit $?\"");
        String answer = machines.run(machine, script).stdout();
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
