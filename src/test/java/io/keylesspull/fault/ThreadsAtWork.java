package io.keylesspull.fault;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Whether a thread of this process has something to do, be it on a processor or in the queue for one.
 *
 * <p>On Linux the kernel says so (proc(5), the state in {@code /proc/self/task/TID/stat}): also of a thread that waited
 * for a socket, whose data is there, but that has not come to a processor since. Elsewhere Java says it, and a thread
 * in native code counts as waiting: that is where those are that wait for a socket.
 */
public final class ThreadsAtWork implements BooleanSupplier {

    /** They are always “runnable”, and wait inside the virtual machine. */
    private static final Set<String> OF_THE_VM =
            Set.of("Reference Handler", "Signal Dispatcher", "Notification Thread", "Attach Listener");

    /** The virtual machine's own threads that nothing waits for, by the beginnings of their names. */
    private static final String[] COMPILERS = {"C1 CompilerThre", "C2 CompilerThre", "VM Periodic Tas", "Sweeper"};

    /** For the number, the name, which has at most 15 letters, and the state. */
    private static final int ENOUGH = 64;

    private static final Path TASKS = Path.of("/proc/self/task");

    /**
     * A look that takes longer was held up, on a computer with too much to do. Meanwhile work may have gone from a
     * thread that it had not come to yet to one that it had seen waiting: nobody seems to work.
     */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final BooleanSupplier look;
    private final LongSupplier nanos;

    public ThreadsAtWork() {
        this(Files.isDirectory(TASKS) ? ThreadsAtWork::kernelSaysSo : ThreadsAtWork::javaSaysSo, System::nanoTime);
    }

    /** @param look looks at each thread once, one after another @param nanos a clock */
    ThreadsAtWork(BooleanSupplier look, LongSupplier nanos) {
        this.look = look;
        this.nanos = nanos;
    }

    @Override
    public boolean getAsBoolean() {
        long begun = nanos.getAsLong();
        return look.getAsBoolean() || nanos.getAsLong() - begun > LONGEST_NANOS && look.getAsBoolean();
    }

    private static boolean kernelSaysSo() {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            String asking = stat(Path.of("/proc/thread-self")).split(" ", 2)[0];
            for (Path task : tasks) {
                if (!task.endsWith(asking) && isAtWork(stat(task))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("the system does not show this process's threads", e);
        }
    }

    /** Read in the simplest way there is: with a thousand threads, this is most of what waiting costs. */
    private static String stat(Path task) {
        byte[] beginning = new byte[ENOUGH];
        try (FileInputStream in = new FileInputStream(task + "/stat")) {
            return new String(beginning, 0, Math.max(0, in.read(beginning)), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }

    /** @param stat number, name in parentheses, state: R for running or ready to, D for waiting for a disk */
    private static boolean isAtWork(String stat) {
        int end = stat.lastIndexOf(')');
        if (end < 0 || "RD".indexOf(stat.charAt(end + 2)) < 0) {
            return false;
        }
        String name = stat.substring(stat.indexOf('(') + 1, end);
        return Stream.of(COMPILERS).noneMatch(name::startsWith);
    }

    private static boolean javaSaysSo() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long asking = Thread.currentThread().getId();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && thread.getThreadId() != asking
                    && thread.getThreadState() == Thread.State.RUNNABLE
                    && !thread.isInNative()
                    && !OF_THE_VM.contains(thread.getThreadName())) {
                return true;
            }
        }
        return false;
    }
}
