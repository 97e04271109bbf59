package io.keylesspull.ui.shell;

/** Pages outside the wizard's sequence; <em>Back</em> returns to where they were opened. */
enum SidePage implements PageName {
    /** All earlier runs. */
    RUNS,
    /** What undoing a run would do. */
    UNDO,
    /** The log of an earlier run. */
    LOG,
    /** What the user chooses once. */
    SETTINGS
}
