package io.keylesspull.ui.runs;

/** What can be done with an earlier run. Called on the JavaFX thread; each returns at once. */
public interface RunActions {

    /** Signs in as the run was signed in, and resumes it. */
    void resume(EarlierRun earlier);

    /** Shows what undoing it would do, and asks. */
    void undo(EarlierRun earlier);

    /** Shows the log in its folder. */
    void showLog(EarlierRun earlier);

    /** Opens the run's folder in the system's file manager. */
    void openFolder(EarlierRun earlier);
}
