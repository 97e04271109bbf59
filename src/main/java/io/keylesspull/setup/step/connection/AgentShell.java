package io.keylesspull.setup.step.connection;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.MachineAnswers;
import io.keylesspull.setup.step.MachineQuestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a machine that runs, as root by Azure's Run Command: before a run there is no other way to it. All questions go
 * in one script, since each script takes 20 to 60 seconds.
 */
public record AgentShell(VirtualMachines machines, MachineInfo machine) {

    /** The heading of an answer: its name and exit status. */
    private static final String HEADING = "keyless-pull-answer";

    private static final Pattern ANSWER = Pattern.compile(
            "(?ms)^" + HEADING + " (?<name>[a-z-]+) (?<status>\\d+)$\\n(?<output>.*?)(?=^" + HEADING + " |\\z)");

    /** The last heading, after all answers. */
    private static final String END = "end";

    /** @param questions each with another name */
    public MachineAnswers ask(List<MachineQuestion> questions) throws InterruptedException {
        List<String> script = new ArrayList<>(List.of("LC_ALL=C", "export LC_ALL"));
        for (MachineQuestion question : questions) {
            // A function, because older shells misread a case in a command substitution.
            script.add("question() {");
            script.addAll(question.script().lines().toList());
            script.add("}");
            script.add("answer=$(question 2>&1)");
            script.add("printf '%s %s %s\\n' " + HEADING + " " + question.name() + " \"$?\"");
            script.add("printf '%s' \"$answer\" | head -c " + question.kept());
            script.add("echo");
        }
        script.add("echo " + HEADING + " " + END + " 0");
        try {
            return MachineAnswers.of(parse(machines.run(machine, script).stdout()));
        } catch (AzureException e) {
            return MachineAnswers.failed(e);
        }
    }

    private static Map<String, CommandResult> parse(String output) {
        Map<String, CommandResult> answers = new HashMap<>();
        String last = "";
        Matcher answer = ANSWER.matcher(output.endsWith("\n") ? output : output + "\n");
        while (answer.find()) {
            last = answer.group("name");
            // The first counts: what a server says later on may look like an answer.
            answers.putIfAbsent(
                    last,
                    new CommandResult(
                            Integer.parseInt(answer.group("status")),
                            answer.group("output").strip(),
                            "",
                            false));
        }
        if (!last.equals(END)) {
            // The script was cut off in the answer that came last.
            answers.remove(last);
        }
        return answers;
    }
}
