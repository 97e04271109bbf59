package io.keylesspull.practice.machine.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/** One command of an SSH client. It is interrupted if the client disconnects or sends a signal. */
final class ExecCommand implements Command {

    private static final int KILLED = 143;
    private static final int BROKEN = 255;

    private final SshAccess machine;
    private final String line;
    private final ExecutorService executor;

    @SuppressWarnings("NullAway.Init")
    private InputStream in;

    @SuppressWarnings("NullAway.Init")
    private OutputStream out;

    @SuppressWarnings("NullAway.Init")
    private OutputStream err;

    @SuppressWarnings("NullAway.Init")
    private ExitCallback exit;

    private @Nullable Future<?> running;

    ExecCommand(SshAccess machine, String line, ExecutorService executor) {
        this.machine = machine;
        this.line = line;
        this.executor = executor;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public synchronized void start(ChannelSession channel, Environment environment) {
        environment.addSignalListener(
                (from, signal) -> destroy(channel), Signal.TERM, Signal.INT, Signal.HUP, Signal.KILL);
        running = executor.submit(() -> run(channel));
    }

    @Override
    public synchronized void destroy(ChannelSession channel) {
        if (running != null) {
            running.cancel(true);
        }
    }

    private void run(ChannelSession channel) {
        Sent sent = new Sent(channel.getServerSession());
        try {
            Optional<CommandHook> instead = machine.inPlaceOf(line);
            int status = instead.isPresent() ? instead.get().run(sent) : sent.run(out, err);
            out.flush();
            err.flush();
            exit.onExit(status);
        } catch (InterruptedException | InterruptedIOException e) {
            // The thread belongs to this command alone: the interrupt ends here.
            exit.onExit(KILLED);
        } catch (IOException e) {
            exit.onExit(KILLED, "the connection was lost");
        } catch (RuntimeException e) {
            // Without an exit status the client would wait forever.
            exit.onExit(BROKEN, "the practice machine could not run this: " + e);
            throw e;
        }
    }

    /** The command as a hook sees it. */
    private final class Sent implements CommandHook.Execution {

        private final ServerSession session;

        Sent(ServerSession session) {
            this.session = session;
        }

        @Override
        public int run(OutputStream stdout, OutputStream stderr) throws IOException, InterruptedException {
            return machine.run(line, session.getAttribute(MachineSshServer.ACCOUNT), in, stdout, stderr);
        }

        @Override
        public OutputStream stdout() {
            return out;
        }

        @Override
        public OutputStream stderr() {
            return err;
        }

        @Override
        public void reset() {
            machine.link(session).ifPresent(SshRelay.Link::reset);
        }

        @Override
        public void silence() {
            machine.link(session).ifPresent(SshRelay.Link::silence);
        }
    }
}
