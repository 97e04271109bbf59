package io.keylesspull.remote;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import io.keylesspull.time.Time;
import java.io.InputStream;

/** A machine whose one command prints a text again and again, and the two ways to hear it. */
public final class TalkativeMachine implements AutoCloseable {

    private static final int BUFFER = 32 * 1024;

    private final TestMachine machine;

    /** @param times how often each command prints it */
    public TalkativeMachine(byte[] text, int times) throws Exception {
        machine = new TestMachine(io -> {
            for (int i = 0; i < times; i++) {
                io.out().write(text);
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
        jsch.setHostKeyRepository(new PinnedHostKeys(target.hostKeys()));
        jsch.addIdentity(target.user(), target.key().privateKey(), null, null);
        Session session = jsch.getSession(target.user(), target.host(), target.port());
        Algorithms.settings(target.hostKeys()).forEach(session::setConfig);
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
    public void close() throws Exception {
        machine.close();
    }
}
