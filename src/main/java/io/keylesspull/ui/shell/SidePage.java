package io.keylesspull.ui.shell;

/** Pages beside the wizard's way, which lead back to where they were opened. */
enum SidePage {
    /** All runs there are. */
    RUNS,
    /** What taking a run back would do. */
    UNDO,
    /** The log of a run that was begun before. */
    LOG
}
