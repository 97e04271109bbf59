package io.keylesspull.practice.machine.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** Faults of commands that come by SSH. */
public final class CommandFault {

    private static final int CHUNK = 32 * 1024;
    private static final int LINE = 80;

    private CommandFault() {}

    /** Nothing is run, and nothing ever comes. */
    public static CommandHook neverEnds() {
        return execution -> {
            new CountDownLatch(1).await();
            return 0;
        };
    }

    /** Nothing is run; the exit status is this, and this is said. @param stderr without a line's end; may be empty */
    public static CommandHook ends(int status, String stderr) {
        return execution -> {
            say(execution, stderr);
            return status;
        };
    }

    /** The command does all it does, but its exit status is this, and this is said after it. @param stderr as above */
    public static CommandHook runsAndEnds(int status, String stderr) {
        return execution -> {
            execution.run(execution.stdout(), execution.stderr());
            say(execution, stderr);
            return status;
        };
    }

    private static void say(CommandHook.Execution execution, String stderr) throws IOException {
        if (!stderr.isEmpty()) {
            execution.stderr().write((stderr + "\n").getBytes(StandardCharsets.UTF_8));
            execution.stderr().flush();
        }
    }

    /** Bytes of any kind come before and after the command's own output. @param onStderr where they come */
    public static CommandHook surrounded(byte[] before, byte[] after, boolean onStderr) {
        return execution -> {
            OutputStream stream = onStderr ? execution.stderr() : execution.stdout();
            stream.write(before);
            stream.flush();
            int status = execution.run(execution.stdout(), execution.stderr());
            stream.write(after);
            stream.flush();
            return status;
        };
    }

    /** So many bytes come before the command's own output, in lines of 80. @param onStderr where they come */
    public static CommandHook flood(long bytes, boolean onStderr) {
        return execution -> {
            OutputStream stream = onStderr ? execution.stderr() : execution.stdout();
            byte[] chunk = ("x".repeat(LINE - 1) + "\n").repeat(CHUNK / LINE).getBytes(StandardCharsets.US_ASCII);
            for (long left = bytes; left > 0; left -= chunk.length) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                stream.write(chunk, 0, (int) Math.min(left, chunk.length));
                stream.flush();
            }
            return execution.run(execution.stdout(), execution.stderr());
        };
    }

    /** The connection is reset before the command does anything. */
    public static CommandHook resetBefore() {
        return execution -> {
            execution.reset();
            throw new InterruptedIOException("the connection was reset");
        };
    }

    /**
     * The connection is reset as soon as the command has written something, and the command is cut off there; where it
     * never writes that, at its end.
     *
     * @param output regular expression, found anywhere in what was written to one of its streams; empty for anything
     */
    public static CommandHook resetAtOutput(String output) {
        return execution -> {
            Pattern pattern = Pattern.compile(output);
            Watched.Action cut = () -> {
                execution.reset();
                throw new InterruptedIOException("the connection was reset");
            };
            execution.run(new Watched(execution.stdout(), pattern, cut), new Watched(execution.stderr(), pattern, cut));
            execution.reset();
            throw new InterruptedIOException("the connection was reset");
        };
    }

    /** The command does all it does, and the connection is reset before anybody learns how it ended. */
    public static CommandHook resetAtEnd() {
        return execution -> {
            execution.run(execution.stdout(), execution.stderr());
            execution.reset();
            throw new InterruptedIOException("the connection was reset");
        };
    }

    /** The connection goes silent before the command's first output, and stays open; the command goes on. */
    public static CommandHook halfOpen() {
        return execution -> {
            execution.silence();
            return execution.run(execution.stdout(), execution.stderr());
        };
    }

    /** Searches the output of a command, also across writes. */
    private static final class Watched extends OutputStream {

        private interface Action {
            void run() throws IOException;
        }

        private final OutputStream target;
        private final Pattern pattern;
        private final Action action;
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

        Watched(OutputStream target, Pattern pattern, Action action) {
            this.target = target;
            this.pattern = pattern;
            this.action = action;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target.write(bytes, offset, length);
            target.flush();
            seen.write(bytes, offset, length);
            if (pattern.matcher(seen.toString(StandardCharsets.UTF_8)).find()) {
                action.run();
            }
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
