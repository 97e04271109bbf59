package io.keylesspull.ui.shell;

/** The Run page while it shows an undo. */
enum UndoRunPage implements PageName {
    UNDOING
}
