package io.keylesspull.practice;

import io.keylesspull.practice.arm.ArmState;
import io.keylesspull.practice.machine.program.apt.PackageServers;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import io.keylesspull.practice.wire.VirtualHosts;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;

/**
 * What the machines reach by HTTP, each as its network lets it. Names are resolved without a way out too, by Azure's
 * server 168.63.129.16, as is the metadata service. Source: learn.microsoft.com/azure/virtual-network/
 * what-is-ip-address-168-63-129-16.
 */
final class MachineNetwork implements HttpService {

    static final String METADATA = "169.254.169.254";

    private final VirtualHosts hosts;
    private final ArmState state;

    MachineNetwork(VirtualHosts hosts, ArmState state) {
        this.hosts = hosts;
        this.state = state;
    }

    /** @throws UncheckedIOException if no host has the name, or the machine's network does not lead there */
    @Override
    public Response send(Request request) {
        String host = Optional.ofNullable(request.uri().getHost()).orElse("").toLowerCase(Locale.ROOT);
        boolean packages = PackageServers.has(host);
        boolean outside = !host.equals(METADATA) && (packages || hosts.has(host));
        if (outside
                && request.machine()
                        .filter(machine -> !state.leadsOut(machine, host))
                        .isPresent()) {
            throw new UncheckedIOException(new SocketTimeoutException(address(host)));
        }
        return packages ? PackageServers.answer(request) : hosts.send(request);
    }

    /** One reserved for documentation (RFC 5737). */
    private static String address(String host) {
        return "192.0.2." + (1 + Math.floorMod(host.hashCode(), 254));
    }
}
