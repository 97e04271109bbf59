package io.keylesspull.practice.machine.host;

import io.keylesspull.practice.machine.Hypervisor;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.shell.Shell;
import io.keylesspull.practice.machine.shell.TextOutput;
import io.keylesspull.practice.machine.state.MachineState;
import io.keylesspull.practice.machine.state.UnixAccount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One script that a machine's agent runs: as root or another user, with an environment and arguments, killed at the end
 * of its time. Source: Azure/run-command-handler-linux, {@code internal/exec/exec.go} and
 * {@code internal/constants/exitcodes.go}.
 */
final class AgentScript {

    private static final int KILLED = -1;
    private static final int NO_SUCH_USER = -102;
    private static final String FILE = "/var/lib/waagent/run-command-handler/download/script/0/script.sh";

    private final MachineState state;
    private final Shell shell;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    AgentScript(MachineState state, Shell shell) {
        this.state = state;
        this.shell = shell;
    }

    /** @throws InterruptedException if the script is stopped from outside */
    Hypervisor.CommandOutput run(Hypervisor.Script script) throws InterruptedException {
        Optional<UnixAccount> user =
                script.user().map(state.accounts()::session).orElseGet(() -> Optional.of(UnixAccount.ROOT));
        if (user.isEmpty()) {
            return new Hypervisor.CommandOutput(
                    NO_SUCH_USER,
                    "",
                    "Failed to lookup RunAs user '" + script.user().orElseThrow()
                            + "'. Looks like user does not exist.");
        }
        return script.timeout().isPresent()
                ? within(script.timeout().get(), script, user.get())
                : run(script, user.get());
    }

    private Hypervisor.CommandOutput within(Duration timeout, Hypervisor.Script script, UnixAccount user)
            throws InterruptedException {
        Thread running = Thread.currentThread();
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean late = new AtomicBoolean();
        Thread alarm = new Thread(() -> {
            try {
                state.world().time().sleep(timeout);
                if (over.compareAndSet(false, true)) {
                    late.set(true);
                    running.interrupt();
                }
            } catch (InterruptedException inTime) {
                // The script has ended.
            }
        });
        alarm.setDaemon(true);
        alarm.start();
        try {
            return run(script, user);
        } catch (InterruptedException stopped) {
            if (late.get()) {
                return ended(KILLED);
            }
            throw stopped;
        } finally {
            if (over.compareAndSet(false, true)) {
                alarm.interrupt();
            } else {
                alarm.join();
                // If the script ended as its time did.
                Thread.interrupted();
            }
        }
    }

    private Hypervisor.CommandOutput run(Hypervisor.Script script, UnixAccount user) throws InterruptedException {
        try {
            return ended(shell.script(
                    asStarted(script),
                    new ProgramCall(
                            state,
                            shell,
                            user,
                            script.environment(),
                            FILE,
                            List.of(),
                            new ByteArrayInputStream(new byte[0]),
                            new TextOutput(out),
                            new TextOutput(err))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The agent is a service of systemd, without a home. It hands the arguments to a shell, which reads them. */
    private static String asStarted(Hypervisor.Script script) {
        return (script.user().isPresent() ? "" : "unset HOME USER LOGNAME; ")
                + (script.arguments().isEmpty() ? "" : "set -- " + String.join(" ", script.arguments()) + "; ")
                + script.text();
    }

    private Hypervisor.CommandOutput ended(int status) {
        return new Hypervisor.CommandOutput(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
