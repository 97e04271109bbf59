package io.keylesspull.engine.event;

/** How a step that went well found the world. */
public enum Outcome {
    /** It was there already, as wanted, and was left alone. */
    FOUND,
    /** It was missing and has been made. */
    CREATED,
    /** It was there and has been changed. */
    CHANGED,
    /** It was there and is gone. */
    DELETED,
    /** It was to go, and stays for the reason that is told. */
    SKIPPED,
    /** Nothing stays behind: it was looked up, waited for, or checked. */
    CHECKED
}
