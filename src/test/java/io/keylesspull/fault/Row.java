package io.keylesspull.fault;

import java.util.function.Consumer;

/**
 * A fault, and what is seen of it.
 *
 * @param fault in words
 * @param setup what is set up meanwhile, or was before it is undone
 * @param moment what the fault strikes
 * @param strike lets it strike
 * @param seen what is expected, in the words of {@link Seen}, as {@link Expected} reads it
 * @param slow whether it takes minutes of real time, since it is the network that is waited for
 */
record Row(String fault, Setup setup, Moment moment, Consumer<World> strike, String seen, boolean slow) {

    /** What a fault strikes. */
    enum Moment {
        RUN,
        UNDO
    }

    static Row run(String fault, Setup setup, Consumer<World> strike, String seen) {
        return new Row(fault, setup, Moment.RUN, strike, seen, false);
    }

    static Row undo(String fault, Setup setup, Consumer<World> strike, String seen) {
        return new Row(fault, setup, Moment.UNDO, strike, seen, false);
    }

    Row slowly() {
        return new Row(fault, setup, moment, strike, seen, true);
    }

    @Override
    public String toString() {
        return fault;
    }
}
