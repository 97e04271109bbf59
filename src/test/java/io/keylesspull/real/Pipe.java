package io.keylesspull.real;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Two connections made one: what comes in at one goes out at the other, until both have ended. */
final class Pipe {

    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_LINE = 200;

    private Pipe() {}

    /** Copies in both directions, on threads of its own; closes both in the end. @param ended run after that */
    static void join(SocketChannel one, SocketChannel other, Runnable ended) {
        Thread back = daemon(() -> copy(other, one));
        daemon(() -> {
            copy(one, other);
            try {
                back.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close(one);
                close(other);
                ended.run();
            }
        });
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            close(from);
            close(to);
        }
    }

    /** Reads up to the first line feed and no further. @throws IOException also where the line never ends */
    static String readLine(SocketChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder line = new StringBuilder();
        while (line.length() < LONGEST_LINE && channel.read(one) == 1) {
            char read = (char) one.get(0);
            if (read == '\n') {
                return line.toString();
            }
            line.append(read);
            one.clear();
        }
        throw new IOException("no line: " + line);
    }

    static void writeLine(SocketChannel channel, String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(line + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // There is nothing left to be closed.
        }
    }

    static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "real-machine-network");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
