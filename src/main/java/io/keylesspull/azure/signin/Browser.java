package io.keylesspull.azure.signin;

import java.io.IOException;
import java.net.URI;

/** Opens an address in the browser of the person who signs in. */
@FunctionalInterface
public interface Browser {

    /** @throws IOException if there is no browser that can be opened */
    void open(URI address) throws IOException;
}
