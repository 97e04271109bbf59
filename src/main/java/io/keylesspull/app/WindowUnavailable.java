package io.keylesspull.app;

/** The wizard cannot be shown on this computer, or not by this user. */
final class WindowUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    WindowUnavailable(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
