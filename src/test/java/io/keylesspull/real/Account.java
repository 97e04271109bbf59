package io.keylesspull.real;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a run did on machines, as the product itself reported it. Safe for use by many threads. */
final class Account {

    private static final Texts ENGLISH = new Texts(Locale.ENGLISH);

    /** Real machines are not made by cloud-init, so they do not have it. */
    private static final String ONLY_IN_AZURE = "cloud-init ";

    private static final Map<Pattern, String> CHANCE = Map.of(
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "GUID",
            Pattern.compile("\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b"), "ADDRESS",
            // On a real machine a program of the test holds the lock of apt.
            Pattern.compile("process \\d+ \\([^)]+\\)"), "process NUMBER (PROGRAM)",
            Pattern.compile("SHA256:[A-Za-z0-9+/]{43}"), "FINGERPRINT",
            // The practice machine is a Debian 12 whatever the real one is; its Azure CLI is the real one's.
            Pattern.compile("Debian GNU/Linux \\d+ \\(\\w+\\)"), "DEBIAN",
            Pattern.compile("\\d+\\.\\d+\\.\\d+\\+dfsg\\d*"), "DOCKER",
            // A kind that sid's OpenSSH makes beside the others.
            Pattern.compile(", ssh-mldsa44-ed25519 (SHA256:[A-Za-z0-9+/]{43}|FINGERPRINT)"), "",
            Pattern.compile("/\\S*/key\\b"), "KEY_FILE");

    private final StringBuilder log = new StringBuilder();
    private final Map<StepId, String> running = new LinkedHashMap<>();
    private final Set<String> commands = new LinkedHashSet<>();
    private final Set<String> waits = new LinkedHashSet<>();
    private final Map<String, String> facts = new TreeMap<>();
    private final Map<String, String> steps = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private RunResult result;

    synchronized void add(RunEvent event) {
        if (event instanceof RunEvent.CommandStarted started) {
            running.put(started.step(), started.shown());
            log.append(started.at()).append(" $ ").append(started.shown()).append('\n');
        } else if (event instanceof RunEvent.CommandOutput output) {
            log.append(output.chunk());
        } else if (event instanceof RunEvent.CommandEnded ended) {
            commands.add(running.remove(ended.step()) + " → " + ended.exitStatus());
            log.append("→ ").append(ended.exitStatus()).append('\n');
        } else if (event instanceof RunEvent.StepWaiting waiting) {
            // How often Azure is asked hangs on how long a real machine takes to answer it.
            if (!waiting.reason().key().equals("azure.waiting.throttled")) {
                waits.add(waiting.step().name() + ": " + words(waiting.reason()));
            }
        } else if (event instanceof RunEvent.FactEstablished fact
                && fact.step().machine().isPresent()) {
            facts.put(fact.fact(), fact.value());
        } else if (event instanceof RunEvent.StepSucceeded succeeded
                && succeeded.step().machine().isPresent()) {
            steps.put(succeeded.step().name(), succeeded.outcome() + ": " + words(succeeded.summary()));
        } else if (event instanceof RunEvent.StepFailed failed) {
            steps.put(failed.step().name(), "failed");
            problems.add(failed.problem());
        } else if (event instanceof RunEvent.RunEnded ended) {
            result = ended.result();
        }
    }

    synchronized RunResult result() {
        return result;
    }

    /** Commands and their output, as they came. */
    synchronized String log() {
        return log.toString();
    }

    /** The technical cause of the first thing that went wrong; empty where nothing did. */
    synchronized String details() {
        return problems.stream().findFirst().map(Problem::details).orElse("");
    }

    /**
     * All that the product reported, in a form that is the same for the same behaviour: each command with each status
     * it ended with, in the order they were first seen; what was waited for; what was read of the machine; how its
     * steps ended; the problems shown to the user. What differs from cloud to cloud by chance is left out.
     */
    synchronized String report() {
        List<String> lines = new ArrayList<>(List.of("ended: " + result));
        commands.stream()
                .filter(command -> !command.startsWith(ONLY_IN_AZURE))
                .forEach(command -> lines.add("command: " + command));
        waits.forEach(wait -> lines.add("waited: " + wait));
        facts.forEach((fact, value) -> lines.add("fact: " + fact + " = " + value));
        steps.forEach((step, end) -> lines.add("step: " + step + ": " + end));
        problems.forEach(problem -> lines.addAll(List.of(
                "problem: " + words(problem.what()),
                "  meaning: " + words(problem.meaning()),
                "  remedy: " + words(problem.remedy()))));
        String all = String.join("\n", lines);
        for (Map.Entry<Pattern, String> chance : CHANCE.entrySet()) {
            all = chance.getKey().matcher(all).replaceAll(chance.getValue());
        }
        return all;
    }

    private static String words(Text text) {
        return ENGLISH.render(text);
    }
}
