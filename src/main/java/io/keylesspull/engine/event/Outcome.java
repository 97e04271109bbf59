package io.keylesspull.engine.event;

/** What a step that succeeded did. */
public enum Outcome {
    /** It existed as wanted, and was not changed. */
    FOUND,
    /** It was missing and has been created. */
    CREATED,
    /** It existed and has been changed. */
    CHANGED,
    /** It existed and has been deleted. */
    DELETED,
    /** It was to be deleted but was left alone; the summary says why. */
    SKIPPED,
    /** Nothing was changed: it was looked up, waited for, or checked. */
    CHECKED
}
