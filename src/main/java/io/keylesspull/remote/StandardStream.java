package io.keylesspull.remote;

/** The two streams that a command writes to. */
public enum StandardStream {
    STDOUT,
    STDERR
}
