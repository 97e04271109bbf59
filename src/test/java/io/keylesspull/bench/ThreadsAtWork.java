package io.keylesspull.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Whether a thread of this process has something to compute, be it on a processor or in the queue for one. A thread in
 * native code counts as waiting: that is where those are that wait for a socket.
 */
final class ThreadsAtWork implements BooleanSupplier {

    /** They are always “runnable”, and wait inside the virtual machine. */
    private static final Set<String> OF_THE_VM =
            Set.of("Reference Handler", "Signal Dispatcher", "Notification Thread", "Attach Listener");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public boolean getAsBoolean() {
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
