package io.keylesspull.network;

import java.util.Optional;
import java.util.stream.Stream;

/** An exception that knows what is wrong on the way to a service, where others only say that there was no answer. */
public sealed interface NetworkFault permits NetworkSettingsException, ProxyException, UntrustedCertificateException {

    NetworkProblem problem();

    /** The problem that caused an exception; empty if nothing is known. */
    static Optional<NetworkProblem> in(Throwable thrown) {
        // A chain can be circular; real ones are shorter.
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .filter(NetworkFault.class::isInstance)
                .map(fault -> ((NetworkFault) fault).problem())
                .findFirst();
    }
}
