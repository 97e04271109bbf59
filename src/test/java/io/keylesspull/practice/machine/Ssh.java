package io.keylesspull.practice.machine;

import static org.awaitility.Awaitility.await;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection to a machine. */
record Ssh(Session session) {

    record Result(int status, String out, String err) {}

    Result run(String command) throws Exception {
        return run(command, "");
    }

    Result run(String command, String stdin) throws Exception {
        ChannelExec channel = (ChannelExec) session.openChannel("exec");
        channel.setCommand(command);
        channel.setInputStream(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        channel.setErrStream(err);
        InputStream out = channel.getInputStream();
        connect(channel);
        byte[] bytes = out.readAllBytes();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> channel.isClosed() || !session.isConnected());
        int status = channel.getExitStatus();
        channel.disconnect();
        return new Result(status, new String(bytes, StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** If the command ends before its input is sent, JSch fails with a NullPointerException, though all is well. */
    private static void connect(ChannelExec channel) throws JSchException {
        try {
            channel.connect(10_000);
        } catch (JSchException failed) {
            if (!channel.isClosed()) {
                throw failed;
            }
        }
    }
}
