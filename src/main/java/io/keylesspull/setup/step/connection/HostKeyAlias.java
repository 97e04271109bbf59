package io.keylesspull.setup.step.connection;

import io.keylesspull.setup.request.SetupRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The name under which the host key of a computer behind jump hosts is kept. Its own name counts only where the jump
 * host before it is: a {@code 10.0.0.4} in another network is another computer.
 */
final class HostKeyAlias {

    /** As long as a host's name may be. */
    private static final int LONGEST = 253;

    private HostKeyAlias() {}

    /** @param before the jump hosts on the way, in order @return empty where none is on the way */
    static Optional<String> of(String host, int port, List<SetupRequest.JumpHost> before) {
        if (before.isEmpty()) {
            return Optional.empty();
        }
        List<String> path = new ArrayList<>(List.of(name(host, port)));
        for (int i = before.size() - 1; i >= 0; i--) {
            path.add(name(before.get(i).host(), before.get(i).port()));
        }
        String alias = String.join(".via.", path);
        return Optional.of(alias.length() <= LONGEST ? alias : hash(alias));
    }

    private static String name(String host, int port) {
        String lower = host.toLowerCase(Locale.ROOT);
        return port == SetupRequest.Ssh.DEFAULT_PORT ? lower : lower + "_" + port;
    }

    private static String hash(String alias) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(alias.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
