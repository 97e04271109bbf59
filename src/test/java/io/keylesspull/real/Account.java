package io.keylesspull.real;

import io.keylesspull.engine.Problem;
import io.keylesspull.engine.RunEvent;
import io.keylesspull.engine.RunEvent.RunResult;
import io.keylesspull.engine.StepId;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a run did on machines, as the product itself told it. Safe for use by many threads. */
final class Account {

    private static final Texts ENGLISH = new Texts(Locale.ENGLISH);

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
            waits.add(waiting.step().name() + ": " + words(waiting.reason()));
        } else if (event instanceof RunEvent.FactEstablished fact && fact.step().machine().isPresent()) {
            facts.put(fact.fact().name(), fact.value());
        } else if (event instanceof RunEvent.StepSucceeded succeeded && succeeded.step().machine().isPresent()) {
            steps.put(succeeded.step().name(), succeeded.outcome() + ": " + words(succeeded.summary()));
        } else if (event instanceof RunEvent.StepFailed failed) {
            steps.put(failed.step().name(), "failed");
            problems.add(failed.problem());
        } else if (event instanceof RunEvent.RunEnded ended) {
            result = ended.result();
        }
    }

    /** Each command with each status that it ended with, in the order they were first seen. */
    synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    /** What was waited for, and why. */
    synchronized List<String> waits() {
        return List.copyOf(waits);
    }

    /** By name: what was read from the machine or about it. */
    synchronized Map<String, String> facts() {
        return Map.copyOf(facts);
    }

    /** By name: how each step that belongs to a machine ended, and what it said. */
    synchronized Map<String, String> steps() {
        return Map.copyOf(steps);
    }

    /** The first thing that went wrong. */
    synchronized Optional<Problem> problem() {
        return problems.stream().findFirst();
    }

    synchronized RunResult result() {
        return result;
    }

    /** Commands and their output, as they came. */
    synchronized String log() {
        return log.toString();
    }

    static String words(Text text) {
        return ENGLISH.render(text);
    }
}
