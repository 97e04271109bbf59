package io.keylesspull.practice.machine.program.apt;

import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * The servers that machines get packages from, with the names that the images of Ubuntu and Debian in Azure use. But
 * for Microsoft's key they only answer: what they have is known to the machines.
 */
public final class PackageServers {

    private static final Set<String> NAMES =
            Set.of("azure.archive.ubuntu.com", "debian-archive.trafficmanager.net", "packages.microsoft.com");

    private PackageServers() {}

    /** @param host in lower case */
    public static boolean has(String host) {
        return NAMES.contains(host);
    }

    public static Response answer(Request request) {
        return new Response(
                200,
                Map.of(),
                request.uri().toString().equals(MicrosoftRepository.KEY_URL)
                        ? MicrosoftRepository.armoredKey().getBytes(StandardCharsets.UTF_8)
                        : new byte[0]);
    }
}
