package io.keylesspull.azure.model;

/**
 * Told of every resource that is made, by its ARM id. Nothing is told of what is found to exist already. Called on
 * the thread that makes it.
 */
public interface ResourceListener {

    /** Before the request is sent: whether it will exist is not known yet. */
    void creating(String id);

    /** It exists now. */
    void created(String id);

    /** Does not listen. */
    static ResourceListener none() {
        return new ResourceListener() {
            @Override
            public void creating(String id) {
                // nobody asked
            }

            @Override
            public void created(String id) {
                // nobody asked
            }
        };
    }
}
