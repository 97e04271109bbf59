package io.keylesspull.network;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the user says about the network when the program starts.
 *
 * @param certificates authorities to trust besides those of Java and of the system
 */
public record NetworkOptions(List<X509Certificate> certificates) {

    /** Nothing said. */
    public static final NetworkOptions NONE = new NetworkOptions(List.of());

    public NetworkOptions {
        certificates = List.copyOf(certificates);
    }
}
