package io.keylesspull.engine.event;

/** What a run did, over all its tries: each event is written down before anything further is done. */
public interface Journal {

    /**
     * Writes an event down. It is kept when this returns, whatever happens to the program after. Calls come one at a
     * time.
     *
     * @throws Failure where it cannot be kept; then nothing that follows from it may be done
     */
    void write(RunEvent event) throws Failure;

    /** What the run has left in the world so far, by all that was written. */
    RunState state();

    /** Kept only as long as the object is. */
    static Journal inMemory() {
        RunState state = new RunState();
        return new Journal() {
            @Override
            public void write(RunEvent event) {
                state.accept(event);
            }

            @Override
            public RunState state() {
                return state;
            }
        };
    }
}
