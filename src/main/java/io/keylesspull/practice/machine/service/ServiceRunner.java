package io.keylesspull.practice.machine.service;

import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.shell.Shell;
import io.keylesspull.practice.machine.shell.TextOutput;
import io.keylesspull.practice.machine.state.MachineState;
import io.keylesspull.practice.machine.state.ServiceState;
import io.keylesspull.practice.machine.state.UnixAccount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs one service in a thread of its own: once, or again and again until it succeeds. Worded as systemd 255 does. */
public final class ServiceRunner {

    /** A machine may have little to do in it, and there may be a thousand. */
    private static final long STACK = 512 * 1024;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final MachineState machine;
    private final Shell shell;
    private final UnitFile unit;
    private final ServiceState state;

    private ServiceRunner(MachineState machine, Shell shell, UnitFile unit) {
        this.machine = machine;
        this.shell = shell;
        this.unit = unit;
        this.state = machine.service(unit.name());
    }

    /** Starts a service, if it does not run. Returns at once. */
    public static void start(MachineState machine, Shell shell, UnitFile unit) {
        ServiceRunner runner = new ServiceRunner(machine, shell, unit);
        Thread thread = new Thread(null, runner::run, "practice-service", STACK);
        thread.setDaemon(true);
        if (runner.state.begin(thread)) {
            thread.start();
        }
    }

    /** Starts the services that start with the machine, which has been told to boot. */
    public static void startEnabled(MachineState machine, Shell shell) {
        machine.services().entrySet().stream()
                .filter(service -> service.getValue().enabled())
                .flatMap(service -> UnitFile.find(machine, service.getKey()).stream())
                .forEach(unit -> start(machine, shell, unit));
    }

    private void run() {
        try {
            sleepUntil(machine.bootedAt());
            while (!isDone()) {
                pause();
            }
        } catch (InterruptedException stopped) {
            log("systemd[1]", unit.name() + ": Deactivated successfully.");
            state.become("inactive", "dead");
        } finally {
            state.end();
        }
    }

    private void sleepUntil(Instant instant) throws InterruptedException {
        machine.world().time().sleep(Duration.between(machine.world().time().now(), instant));
    }

    /** Until the next try. */
    private void pause() throws InterruptedException {
        state.become("activating", "auto-restart");
        if (machine.world().pace() == Pace.INSTANT) {
            machine.world().time().sleep(SHORTEST);
        } else {
            machine.world().spend(unit.restartAfter());
        }
        log("systemd[1]", unit.name() + ": Scheduled restart job, restart counter is at " + state.restarted() + ".");
    }

    /** One try. @return whether there will be no other */
    private boolean isDone() throws InterruptedException {
        var unmet = unit.unmet(machine);
        state.conditionMet(unmet.isEmpty());
        if (unmet.isPresent()) {
            log("systemd[1]", unit.title() + " was skipped because of an unmet condition check (" + unmet.get() + ").");
            state.become("inactive", "dead");
            return true;
        }
        state.become(unit.isOneshot() ? "activating" : "active", unit.isOneshot() ? "start" : "running");
        log("systemd[1]", "Starting " + unit.title() + "...");
        int status = commands();
        state.ended(status);
        if (status == 0) {
            log("systemd[1]", unit.name() + ": Deactivated successfully.");
            log("systemd[1]", "Finished " + unit.title() + ".");
            state.become(unit.remains() ? "active" : "inactive", unit.remains() ? "exited" : "dead");
            return true;
        }
        log("systemd[1]", unit.name() + ": Main process exited, code=exited, status=" + status + "/FAILURE");
        log("systemd[1]", unit.name() + ": Failed with result 'exit-code'.");
        log("systemd[1]", "Failed to start " + unit.title() + ".");
        state.become("failed", "failed");
        return !unit.restarts();
    }

    private int commands() throws InterruptedException {
        for (String command : unit.commands()) {
            boolean mayFail = command.startsWith("-");
            String line = mayFail ? command.substring(1) : command;
            String program = line.split("\\s+", 2)[0];
            String from = program.substring(program.lastIndexOf('/') + 1) + "[4711]";
            try (LineOutput output = new LineOutput(text -> log(from, text))) {
                TextOutput both = new TextOutput(output);
                int status = shell.run(
                        "unset HOME USER LOGNAME; " + line,
                        new ProgramCall(
                                machine,
                                shell,
                                UnixAccount.ROOT,
                                Map.of(),
                                "bash",
                                List.of(),
                                new ByteArrayInputStream(new byte[0]),
                                both,
                                both));
                if (status != 0 && !mayFail) {
                    return status;
                }
            } catch (IOException e) {
                log(from, String.valueOf(e.getMessage()));
                return 1;
            }
        }
        return 0;
    }

    private void log(String from, String text) {
        state.log(machine.world().time().now(), from, text);
    }
}
