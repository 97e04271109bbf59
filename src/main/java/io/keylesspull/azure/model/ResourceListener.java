package io.keylesspull.azure.model;

/**
 * Called for every resource that is created, with its ARM id, on the thread that creates it. Not called for resources
 * that exist already.
 */
public interface ResourceListener {

    /** Called before the request is sent. Afterwards the resource may exist or not. */
    void creating(String id);

    /** Called when the resource exists. */
    void created(String id);

    /** Ignores the calls. */
    static ResourceListener none() {
        return new ResourceListener() {
            @Override
            public void creating(String id) {
                // ignored
            }

            @Override
            public void created(String id) {
                // ignored
            }
        };
    }
}
