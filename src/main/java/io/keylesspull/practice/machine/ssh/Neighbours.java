package io.keylesspull.practice.machine.ssh;

import java.net.InetSocketAddress;
import java.util.Optional;

/** What one machine reaches by TCP. Called by many threads. */
@FunctionalInterface
public interface Neighbours {

    /** Where the server with an address of the practice cloud really listens; empty if nothing answers there. */
    Optional<InetSocketAddress> find(String host, int port);
}
