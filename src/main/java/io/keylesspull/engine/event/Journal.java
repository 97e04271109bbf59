package io.keylesspull.engine.event;

import java.util.List;

/** What a run did, over all its tries: what is durable is in it before anything further is done. */
public interface Journal {

    /**
     * Writes events down, in their order. They are kept when this returns, whatever happens to the program after. Calls
     * come one at a time.
     *
     * @param events durable ones; not empty
     * @throws Failure if they cannot be kept; then nothing that follows from any of them may be done
     */
    void write(List<RunEvent> events) throws Failure;

    /** What the run has left in the world so far, by all that was written. */
    RunState state();

    /** Kept only as long as the object is. */
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
