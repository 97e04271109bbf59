package io.keylesspull.practice.machine;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A connection to a machine. */
record Ssh(Session session) {

    record Result(int status, String out, String err) {
    }

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
        channel.connect(10_000);
        byte[] bytes = out.readAllBytes();
        for (int i = 0; i < 500 && !channel.isClosed() && session.isConnected(); i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        int status = channel.getExitStatus();
        channel.disconnect();
        return new Result(status, new String(bytes, StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
