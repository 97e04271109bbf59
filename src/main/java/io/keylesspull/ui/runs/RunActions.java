package io.keylesspull.ui.runs;

/** Where the wizard leads from a run that was begun before. Called on the JavaFX thread; each returns at once. */
public interface RunActions {

    /** Signs in as the run was signed in, and goes on with it. */
    void goOn(EarlierRun kept);

    /** Shows what taking it back would do, and asks. */
    void undo(EarlierRun kept);

    void showLog(EarlierRun kept);

    /** Shows the run's folder in the system's own way. */
    void openFolder(EarlierRun kept);
}
