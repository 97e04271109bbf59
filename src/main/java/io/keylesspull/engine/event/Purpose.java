package io.keylesspull.engine.event;

/** What a plan is for: to set something up, or to undo what an earlier plan of the same run did. */
public enum Purpose {
    SETUP,
    UNDO
}
