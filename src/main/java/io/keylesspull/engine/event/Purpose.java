package io.keylesspull.engine.event;

/** What a plan is for: to bring something about, or to take back what an earlier plan of the same run did. */
public enum Purpose {
    SETUP,
    UNDO
}
