package io.keylesspull.practice.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** One command of an SSH client. Where the client goes away, the command is interrupted. */
final class ExecCommand implements Command {

    private static final int KILLED = 143;
    private static final int BROKEN = 255;

    private final PracticeMachine machine;
    private final String line;
    private final ExecutorService executor;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;
    private Future<?> running;

    ExecCommand(PracticeMachine machine, String line, ExecutorService executor) {
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
        running = executor.submit(() -> run(channel));
    }

    @Override
    public synchronized void destroy(ChannelSession channel) {
        if (running != null) {
            running.cancel(true);
        }
    }

    private void run(ChannelSession channel) {
        boolean drop = machine.takeDrop();
        Output stdout = new Output(drop ? new Cut(channel, out) : out);
        Output stderr = new Output(drop ? new Cut(channel, err) : err);
        Account account = channel.getServerSession().getAttribute(SshFront.ACCOUNT);
        try {
            int status = machine.shell().run(line, machine.call(account, in, stdout, stderr));
            if (drop) {
                channel.getServerSession().close(true);
                return;
            }
            out.flush();
            err.flush();
            exit.onExit(status);
        } catch (InterruptedException | InterruptedIOException e) {
            // Nobody is left to tell, and the thread belongs to this command alone: the interrupt ends here.
            exit.onExit(KILLED);
        } catch (IOException e) {
            exit.onExit(KILLED, "the connection was lost");
        } catch (RuntimeException e) {
            // Without an exit status the client would wait for ever.
            exit.onExit(BROKEN, "the practice machine could not run this: " + e);
            throw e;
        }
    }

    /** Lets one write through and pulls the plug. */
    private static final class Cut extends OutputStream {

        private final ChannelSession channel;
        private final OutputStream target;

        Cut(ChannelSession channel, OutputStream target) {
            this.channel = channel;
            this.target = target;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target.write(bytes, offset, length);
            target.flush();
            channel.getServerSession().close(true);
            throw new InterruptedIOException("the practice machine dropped the connection");
        }
    }
}
