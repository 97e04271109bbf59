package io.keylesspull.ui.run;

import io.keylesspull.engine.event.Purpose;

/** Why a run is shown. */
sealed interface RunIntent {

    /** A setup that begins now. */
    record NewSetup() implements RunIntent {}

    /** A setup that began earlier, so that there is something to undo whatever happens now. */
    record ResumedSetup() implements RunIntent {}

    /** An earlier run is undone. */
    record Undo(UndoExpected expected) implements RunIntent {}

    default Purpose purpose() {
        return this instanceof Undo ? Purpose.UNDO : Purpose.SETUP;
    }
}
