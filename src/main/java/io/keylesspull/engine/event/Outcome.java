package io.keylesspull.engine.event;

/** What a step that succeeded did. */
public enum Outcome {
    /** It was there already, as wanted, and was not changed. */
    FOUND,
    /** It was missing and has been made. */
    CREATED,
    /** It was there and has been changed. */
    CHANGED,
    /** It was there and is gone. */
    DELETED,
    /** It was to be deleted and stays, for the reason in the summary. */
    SKIPPED,
    /** Nothing was changed: it was looked up, waited for, or checked. */
    CHECKED
}
