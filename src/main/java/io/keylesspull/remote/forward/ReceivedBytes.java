package io.keylesspull.remote.forward;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * The bytes of one connection between the thread that receives them and the one that reads them. In contrast to
 * {@link java.io.PipedInputStream}, reading has a timeout. The receiving thread waits while the buffer is full.
 */
final class ReceivedBytes extends OutputStream {

    private static final int CAPACITY = 64 * 1024;

    private final byte[] buffer = new byte[CAPACITY];
    private int start;
    private int count;
    private boolean ended;
    private int timeout;

    synchronized void timeout(int millis) {
        timeout = millis;
    }

    synchronized int timeout() {
        return timeout;
    }

    InputStream in() {
        return new Reading();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] from, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            while (count == CAPACITY && !ended) {
                await(0);
            }
            if (ended) {
                throw new IOException("the connection is closed");
            }
            int end = (start + count) % CAPACITY;
            int part = Math.min(length - done, Math.min(CAPACITY - count, CAPACITY - end));
            System.arraycopy(from, offset + done, buffer, end, part);
            count += part;
            done += part;
            notifyAll();
        }
    }

    /** Ends the stream; what is there already can still be read. */
    @Override
    public synchronized void close() {
        ended = true;
        notifyAll();
    }

    private synchronized int read(byte[] to, int offset, int length) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
        while (count == 0 && !ended) {
            if (timeout == 0) {
                await(0);
                continue;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("nothing was received in time");
            }
            await(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
        if (count == 0) {
            return -1;
        }
        int part = Math.min(length, Math.min(count, CAPACITY - start));
        System.arraycopy(buffer, start, to, offset, part);
        start = (start + part) % CAPACITY;
        count -= part;
        notifyAll();
        return part;
    }

    /** Called in a loop. @param millis 0: until notified */
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private void await(long millis) throws InterruptedIOException {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private final class Reading extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return ReceivedBytes.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            return length == 0 ? 0 : ReceivedBytes.this.read(to, offset, length);
        }

        @Override
        public int available() {
            synchronized (ReceivedBytes.this) {
                return count;
            }
        }
    }
}
