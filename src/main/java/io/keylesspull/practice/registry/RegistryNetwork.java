package io.keylesspull.practice.registry;

import io.keylesspull.practice.wire.Request;
import java.util.Optional;

/** Which clients the network lets through to the data plane of a registry. */
@FunctionalInterface
public interface RegistryNetwork {

    /**
     * The client's address as the registry sees it, if it is refused; empty if it is let in.
     *
     * @param registryId ARM id of the registry
     */
    Optional<String> refused(String registryId, Request request);
}
