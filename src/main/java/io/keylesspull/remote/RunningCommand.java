package io.keylesspull.remote;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import io.keylesspull.text.Redactor;
import io.keylesspull.time.Time;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One command on one channel, from its start to its end. Used once. */
final class RunningCommand {

    private static final long LOOK_EVERY_MILLIS = 100;
    private static final int OPEN_TIMEOUT_MILLIS = 30_000;
    private static final int OF_SIGNAL = 128;
    private static final int OF_UNKNOWN_SIGNAL = 255;
    /** RFC 4254, 6.10, with the numbers of Linux. */
    private static final Map<String, Integer> SIGNALS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("ABRT", 6),
            Map.entry("FPE", 8),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15));

    private final ChannelExec channel;
    private final Command command;
    private final boolean marked;
    private final Failures failures;
    /** Released whenever the waiting thread should look again. */
    private final Semaphore wakeUp = new Semaphore(0);

    private final CommandOutputStream stdout;
    private final CommandOutputStream stderr;
    private volatile @Nullable JSchException notOpened;
    private volatile boolean abandoned;

    /** @param marked whether the shell prints something when it starts, which a mark separates from the output */
    RunningCommand(
            ChannelExec channel,
            Command command,
            boolean marked,
            OutputListener listener,
            Redactor redactor,
            Failures failures) {
        this.marked = marked;
        this.channel = channel;
        this.command = command;
        this.failures = failures;
        this.stdout = command.confidential()
                ? CommandOutputStream.confidential(mark(), wakeUp::release)
                : CommandOutputStream.masked(
                        redactor, mark(), chunk -> listener.output(StandardStream.STDOUT, chunk), wakeUp::release);
        this.stderr = CommandOutputStream.masked(
                redactor, mark(), chunk -> listener.output(StandardStream.STDERR, chunk), wakeUp::release);
    }

    private Optional<StartMark> mark() {
        return marked ? Optional.of(new StartMark()) : Optional.empty();
    }

    /** @param time the clock for the command's timeout */
    CommandResult run(Time time) throws SshException, InterruptedException {
        String line = marked ? StartMark.before(command.shellLine()) : command.shellLine();
        channel.setCommand(line.getBytes(StandardCharsets.UTF_8));
        // Also without input: the end of the empty stream closes the command's standard input.
        channel.setInputStream(
                new ByteArrayInputStream(command.stdin().orElse("").getBytes(StandardCharsets.UTF_8)));
        channel.setOutputStream(stdout);
        channel.setErrStream(stderr);
        Instant timeout = time.now().plus(command.timeout());
        boolean ended = false;
        try {
            DaemonThreads.start("ssh-open", this::open);
            awaitEnd(time, timeout);
            ended = true;
        } finally {
            if (!ended) {
                abandon();
            }
        }
        stdout.finish();
        stderr.finish();
        return new CommandResult(exitStatus(), stdout.text(), stderr.text(), stdout.truncated() || stderr.truncated());
    }

    private void open() {
        try {
            channel.connect(OPEN_TIMEOUT_MILLIS);
        } catch (JSchException failed) {
            notOpened = failed;
        }
        if (abandoned) {
            channel.disconnect();
        }
        wakeUp.release();
    }

    private void awaitEnd(Time time, Instant timeout) throws SshException, InterruptedException {
        while (!channel.isClosed()) {
            stdout.rethrow();
            stderr.rethrow();
            JSchException failed = notOpened;
            if (failed != null) {
                throw isSessionUp() ? failures.noChannel(failed) : failures.connectionLost(failed);
            }
            long left = Duration.between(time.now(), timeout).toMillis();
            if (left <= 0) {
                throw failures.commandTimedOut(command);
            }
            wakeUp.tryAcquire(Math.min(left, LOOK_EVERY_MILLIS), TimeUnit.MILLISECONDS);
            wakeUp.drainPermits();
        }
        stdout.rethrow();
        stderr.rethrow();
    }

    private boolean isSessionUp() {
        try {
            return channel.getSession().isConnected();
        } catch (JSchException gone) {
            return false;
        }
    }

    private int exitStatus() throws SshException {
        int status = channel.getExitStatus();
        if (status >= 0) {
            return status;
        }
        String signal = channel.getExitSignal();
        if (signal != null && !signal.isEmpty()) {
            return SIGNALS.containsKey(signal) ? OF_SIGNAL + SIGNALS.get(signal) : OF_UNKNOWN_SIGNAL;
        }
        throw failures.connectionLost(null);
    }

    /** Stops the command in the background, because the network may be stuck. */
    private void abandon() {
        abandoned = true;
        stdout.drop();
        stderr.drop();
        DaemonThreads.start("ssh-abandon", this::stop);
    }

    private void stop() {
        try {
            channel.sendSignal("TERM");
        } catch (Exception noSignal) {
            // Not open yet, or closed already: closing the channel is enough.
        } finally {
            channel.disconnect();
        }
    }
}
