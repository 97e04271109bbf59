package io.keylesspull.setup.step.connection;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.OutputListener;
import io.keylesspull.remote.RemoteShell;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.time.Time;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SSH. Opened when first used, opened anew when it broke. */
final class SshWay implements Way {

    private final List<String> options;
    private final SshRoute route;
    private final Time time;
    private List<SshTarget> targets;
    private @Nullable RemoteShell shell;

    /**
     * @param targets at least one; tried in this order until one answers, which is the one from then on
     * @param options what an {@code ssh} command needs for the same route
     */
    SshWay(List<SshTarget> targets, List<String> options, SshRoute route, Time time) {
        this.targets = List.copyOf(targets);
        this.options = List.copyOf(options);
        this.route = route;
        this.time = time;
    }

    private synchronized RemoteShell shell() throws SshException, InterruptedException {
        if (shell == null || !shell.isConnected()) {
            close();
            RemoteShell connected = connect();
            boolean usable = false;
            try {
                connected.skipStartOutput();
                usable = true;
            } finally {
                if (!usable) {
                    connected.close();
                }
            }
            shell = connected;
            // An address that has answered is the machine's: another one would only take longer.
            targets = List.of(target());
        }
        return shell;
    }

    private RemoteShell connect() throws SshException, InterruptedException {
        try {
            return RemoteShell.connect(target(), route, time);
        } catch (SshException first) {
            if (!SshFailures.isLoss(first)) {
                throw first;
            }
            for (SshTarget other : targets.subList(1, targets.size())) {
                try {
                    RemoteShell connected = RemoteShell.connect(other, route, time);
                    targets = List.of(other);
                    return connected;
                } catch (SshException alsoNot) {
                    // Whoever answers there may be another machine: a private address exists in many networks.
                    first.addSuppressed(alsoNot);
                }
            }
            throw first;
        }
    }

    private synchronized SshTarget target() {
        return targets.get(0);
    }

    @Override
    public void open(MachineConnection.NoAnswer noAnswer) throws NotYet, Failure, InterruptedException {
        try {
            shell();
        } catch (SshException e) {
            if (SshFailures.isLoss(e)) {
                throw noAnswer.explain(e);
            }
            throw SshFailures.failure(e);
        }
    }

    @Override
    public void open() throws Failure, InterruptedException {
        try {
            shell();
        } catch (SshException e) {
            throw SshFailures.failure(e);
        }
    }

    @Override
    public CommandResult run(StepContext context, Command command, OutputListener listener)
            throws Failure, InterruptedException {
        try {
            return shell().run(command, listener);
        } catch (SshException e) {
            throw SshFailures.failure(e);
        }
    }

    @Override
    public void release(StepContext context) {
        // The connection is for all steps.
    }

    @Override
    public String user() {
        return target().user();
    }

    @Override
    public String byHand(String keyFile, String knownHosts) {
        // ssh takes several files there, so that a name with a blank needs quotes of its own (ssh_config(5)).
        String file = knownHosts.indexOf(' ') < 0 ? knownHosts : '"' + knownHosts + '"';
        List<String> argv = new ArrayList<>(List.of("ssh", "-i", keyFile, "-o", "UserKnownHostsFile=" + file));
        argv.addAll(options);
        argv.add(toString());
        return Command.of(argv.toArray(String[]::new)).shown();
    }

    @Override
    public synchronized void close() {
        if (shell != null) {
            shell.close();
            shell = null;
        }
    }

    @Override
    public String toString() {
        return target().user() + "@" + target().host();
    }
}
