package io.keylesspull.practice.machine.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What systemd knows of one service, and its journal. Safe for use by many threads. */
public final class ServiceState {

    private static final int KEPT = 2_000;

    /** @param from who wrote it, such as {@code systemd[1]} */
    public record Line(Instant at, String from, String text) {}

    private final List<Line> journal = new ArrayList<>();
    private boolean enabled;
    private String active = "inactive";
    private String sub = "dead";
    private String result = "success";
    private int status;
    private int restarts;
    private boolean conditionMet;
    private @Nullable Thread runner;

    public synchronized void log(Instant at, String from, String text) {
        journal.add(new Line(at, from, text));
        if (journal.size() > KEPT) {
            journal.remove(0);
        }
    }

    public synchronized List<Line> journal() {
        return List.copyOf(journal);
    }

    public synchronized boolean enabled() {
        return enabled;
    }

    public synchronized void enabled(boolean now) {
        enabled = now;
    }

    /** As {@code ActiveState} has it. */
    public synchronized String active() {
        return active;
    }

    /** As {@code SubState} has it. */
    public synchronized String sub() {
        return sub;
    }

    /** As {@code Result} has it. */
    public synchronized String result() {
        return result;
    }

    /** The last exit status. */
    public synchronized int status() {
        return status;
    }

    public synchronized int restarts() {
        return restarts;
    }

    public synchronized boolean conditionMet() {
        return conditionMet;
    }

    public synchronized void conditionMet(boolean met) {
        conditionMet = met;
    }

    public synchronized void become(String newActive, String newSub) {
        active = newActive;
        sub = newSub;
    }

    public synchronized void ended(int exitStatus) {
        status = exitStatus;
        result = exitStatus == 0 ? "success" : "exit-code";
    }

    public synchronized int restarted() {
        return ++restarts;
    }

    /** Takes the thread that runs it, if none does. @return whether it was taken, and is to be started */
    public synchronized boolean begin(Thread thread) {
        if (runner != null) {
            return false;
        }
        runner = thread;
        restarts = 0;
        return true;
    }

    /** The thread that runs it has ended. */
    public synchronized void end() {
        runner = null;
        notifyAll();
    }

    /** Waits until it neither runs nor waits for its next try. */
    public synchronized void await() throws InterruptedException {
        while (runner != null) {
            wait();
        }
    }

    /** Interrupts what it runs. */
    public synchronized void interrupt() {
        if (runner != null) {
            runner.interrupt();
        }
    }
}
