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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine that runs, asked as root by Azure's Run Command: before a run there is no other way to it. Each script
 * takes 20 to 60 seconds.
 */
public record AgentShell(VirtualMachines machines, MachineInfo machine) {

    /** The heading of an answer: its name and exit status. */
    private static final String HEADING = "keyless-pull-answer";

    private static final Pattern ANSWER = Pattern.compile(
            "(?ms)^" + HEADING + " (?<name>[a-z-]+) (?<status>\\d+)$\\n(?<output>.*?)(?=^" + HEADING + " |\\z)");

    private static final Pattern STATUS = Pattern.compile("(?s)(?<output>.*)exit (?<status>\\d+)\\s*");

    /** The last heading, after all answers. */
    private static final String END = "end";

    /** Asks several questions by one script. @param questions each with another name */
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

    /**
     * Runs a line of shell, which must change nothing. Of a long output only the end comes back.
     *
     * @param functions lines that define what the line calls
     * @return with both streams as one; empty if the machine did not say how it ended
     * @throws AzureException CONFLICT if the machine runs another script
     */
    public Optional<CommandResult> run(List<String> functions, String line)
            throws AzureException, InterruptedException {
        List<String> script = new ArrayList<>(functions);
        script.add(line + " 2>&1");
        script.add("echo \" exit $?\"");
        String answer = machines.run(machine, script).stdout();
        Matcher end = STATUS.matcher(answer);
        return end.matches()
                ? Optional.of(new CommandResult(
                        Integer.parseInt(end.group("status")),
                        end.group("output").strip(),
                        "",
                        false))
                : Optional.empty();
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
