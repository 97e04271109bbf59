package io.keylesspull.remote;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.keylesspull.remote.forward.ForwardedSocket;
import io.keylesspull.text.Redactor;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One authenticated SSH connection to one machine. Several threads may run commands at the same time; sshd usually
 * allows ten. The user's groups are those at the time of connecting.
 */
public final class RemoteShell implements AutoCloseable {

    private static final int KEEP_ALIVE_MILLIS = 15_000;
    private static final int KEEP_ALIVES_UNANSWERED = 4;

    private final Session session;
    private final Redactor redactor;
    private final Failures failures;
    private final Time time;
    /** Whether the machine's shell prints something before each command. */
    private volatile boolean marked;

    private RemoteShell(Session session, Redactor redactor, Failures failures, Time time) {
        this.session = session;
        this.redactor = redactor;
        this.failures = failures;
        this.time = time;
    }

    /** Connects. Only text that looks like a secret is masked in the output of commands. */
    public static RemoteShell connect(SshTarget target, SshRoute route, Time time)
            throws SshException, InterruptedException {
        return connect(target, route, Redactor.shapesOnly(), time);
    }

    /**
     * Connects, checks the machine's key and signs in.
     *
     * @param redactor masks the output of commands
     * @param time the clock for the timeouts of commands; the timeout of connecting is measured in real time
     * @throws SshException UNREACHABLE, REFUSED, TIMED_OUT, HOST_KEY_MISMATCH, UNKNOWN_HOST_KEY, AUTHENTICATION_FAILED,
     *     CUT_OFF or PROTOCOL; on the way there also BEHIND_JUMP_HOST or FORWARDING_PROHIBITED
     * @throws InterruptedException at once; the connection is closed
     */
    public static RemoteShell connect(SshTarget target, SshRoute route, Redactor redactor, Time time)
            throws SshException, InterruptedException {
        Failures failures = new Failures(target);
        PinnedHostKeys hostKeys = new PinnedHostKeys(target.trust());
        RoutedProxy proxy = new RoutedProxy(route, target.connectTimeout());
        FutureTask<Session> connecting = new FutureTask<>(() -> open(target, hostKeys, proxy));
        boolean connected = false;
        try {
            DaemonThreads.start("ssh-connect " + target.host(), connecting);
            long timeout = target.connectTimeout().toMillis();
            Session session = connecting.get(timeout, TimeUnit.MILLISECONDS);
            connected = true;
            return new RemoteShell(session, redactor, failures, time);
        } catch (TimeoutException late) {
            throw failures.connectTimedOut(late);
        } catch (ExecutionException failed) {
            throw failures.connecting(Objects.requireNonNull(failed.getCause()), hostKeys, proxy.opened());
        } finally {
            if (!connected) {
                proxy.close();
            }
        }
    }

    private static Session open(SshTarget target, PinnedHostKeys hostKeys, RoutedProxy proxy) throws JSchException {
        JSch jsch = new JSch();
        jsch.setHostKeyRepository(hostKeys);
        for (SshKey key : target.keys()) {
            key.offer(jsch, target.user());
        }
        Session session = jsch.getSession(target.user(), target.host(), target.port());
        Algorithms.settings(target.trust(), target.keys().size()).forEach(session::setConfig);
        session.setProxy(proxy);
        session.setDaemonThread(true);
        session.setServerAliveInterval(KEEP_ALIVE_MILLIS);
        session.setServerAliveCountMax(KEEP_ALIVES_UNANSWERED);
        session.connect((int) target.connectTimeout().toMillis());
        return session;
    }

    /**
     * Runs a command to its end.
     *
     * @return its result, whatever the exit status
     * @throws SshException CONNECTION_LOST, COMMAND_TIMED_OUT, or PROTOCOL if the machine opens no channel
     * @throws InterruptedException at once; the command gets a TERM signal and its channel is closed
     */
    public CommandResult run(Command command, OutputListener listener) throws SshException, InterruptedException {
        ChannelExec channel;
        try {
            channel = (ChannelExec) session.openChannel("exec");
        } catch (JSchException down) {
            throw failures.connectionLost(down);
        }
        if (channel == null) {
            // JSch returns null if the connection ends while it opens the channel.
            close();
            throw failures.connectionLost(null);
        }
        return new RunningCommand(channel, command, marked, listener, redactor, failures).run(time);
    }

    /**
     * Finds out whether the machine's shell prints something when it starts. If it does, that text is removed from the
     * output of later commands.
     *
     * @throws SshException as {@link #run}, and UNUSABLE_SHELL if the shell does not run commands, or prints something
     *     after their output
     */
    public void skipStartOutput() throws SshException, InterruptedException {
        CommandResult printed = run(StartMark.alone(), OutputListener.none());
        if (!StartMark.isAlone(printed)) {
            if (!StartMark.isLast(printed)) {
                throw failures.unusableShell(printed);
            }
            marked = true;
        }
    }

    /**
     * Opens a connection from this machine to another one.
     *
     * @param timeout how long this machine may take to connect; positive
     * @return closing it closes this shell, too
     * @throws SshException BEHIND_JUMP_HOST, FORWARDING_PROHIBITED or CONNECTION_LOST
     */
    public Socket forward(String host, int port, Duration timeout) throws SshException {
        try {
            return ForwardedSocket.open(session, host, port, timeout, this::close);
        } catch (ForwardedSocket.NotOpened refused) {
            throw failures.notForwarded(refused, host, port);
        } catch (IOException ended) {
            throw failures.connectionLost(ended);
        }
    }

    public boolean isConnected() {
        return session.isConnected();
    }

    /** Ends the connection; commands still running fail with CONNECTION_LOST. */
    @Override
    public void close() {
        session.disconnect();
    }
}
