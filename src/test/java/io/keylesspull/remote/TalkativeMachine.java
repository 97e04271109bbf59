package io.keylesspull.remote;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;

/** A machine whose one command prints a text again and again, and the two ways to hear it. */
public final class TalkativeMachine implements AutoCloseable {

    private static final int BUFFER = 32 * 1024;

    private final TestMachine machine;

    /**
     * @param times how often each command prints it
     * @param perSecond how many bytes the way from it takes in a second; {@link Long#MAX_VALUE} for as many as can be
     */
    public TalkativeMachine(byte[] text, int times, long perSecond) throws Exception {
        machine = new TestMachine(io -> {
            long begun = System.nanoTime();
            long sent = 0;
            for (int i = 0; i < times; i++) {
                for (int at = 0; at < text.length; at += BUFFER) {
                    int length = Math.min(BUFFER, text.length - at);
                    io.out().write(text, at, length);
                    sent += length;
                    // Not long enough once in a while makes no difference: what counts is the time since the beginning.
                    LockSupport.parkNanos((long) (sent / (double) perSecond * 1e9) - (System.nanoTime() - begun));
                }
            }
            io.out().flush();
            return 0;
        });
    }

    /** A connection as the program makes it. */
    public RemoteShell connect() throws Exception {
        return RemoteShell.connect(machine.target(), SshRoute.direct(), Time.system());
    }

    /** JSch alone, with the same ciphers: reads what the command prints and throws it away. @return how many bytes */
    public long drain() throws Exception {
        JSch jsch = new JSch();
        SshTarget target = machine.target();
        jsch.setHostKeyRepository(new PinnedHostKeys(target.trust()));
        target.keys().get(0).offer(jsch, target.user());
        Session session = jsch.getSession(target.user(), target.host(), target.port());
        Algorithms.settings(target.trust(), 1).forEach(session::setConfig);
        session.connect();
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            channel.setCommand("talk");
            InputStream in = channel.getInputStream();
            channel.connect();
            byte[] buffer = new byte[BUFFER];
            long drained = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                drained += read;
            }
            return drained;
        } finally {
            session.disconnect();
        }
    }

    @Override
    public void close() throws IOException {
        machine.close();
    }
}
