package io.keylesspull.engine.event;

import java.util.List;

/** What a run did, over all its attempts. Durable events are written to it before the run continues. */
public interface Journal {

    /**
     * Writes events in order. When this returns they are on the disk and survive a crash of the program. Calls come one
     * at a time.
     *
     * @param events durable events; not empty
     * @throws Failure if they cannot be written; then nothing that depends on any of them may be done
     */
    void write(List<RunEvent> events) throws Failure;

    /** What the run has left behind so far, by the events that were written. */
    RunState state();

    /** A journal in memory only. */
    static Journal inMemory() {
        RunState state = new RunState();
        return new Journal() {
            @Override
            public void write(List<RunEvent> events) {
                events.forEach(state::accept);
            }

            @Override
            public RunState state() {
                return state;
            }
        };
    }
}
