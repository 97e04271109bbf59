package io.keylesspull.practice.arm.template;

/** A value that exists only once a resource has been deployed. */
public final class NotYet extends RuntimeException {

    public NotYet() {
        super("", null, false, false);
    }
}
