package io.keylesspull.remote.jump;

import io.keylesspull.remote.HostKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The {@code known_hosts} file of the user's own SSH client, which is only read (sshd(8), "SSH_KNOWN_HOSTS FILE
 * FORMAT"). Names may be hashed. Lines with markers, such as those of certificate authorities, name no key to accept;
 * neither do patterns, which stand for more than one host.
 */
public final class UserKnownHosts {

    private static final int SSH_PORT = 22;

    private final Path file;

    /** @param file need not exist */
    public UserKnownHosts(Path file) {
        this.file = file;
    }

    /** @return the host's keys, without those that are revoked; empty if none are known or the file is unreadable */
    public List<HostKey> keys(String host, int port) {
        List<String> lines;
        try {
            lines = Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
        String lower = host.toLowerCase(Locale.ROOT);
        String name = port == SSH_PORT ? lower : "[" + lower + "]:" + port;
        List<HostKey> keys = new ArrayList<>();
        List<HostKey> revoked = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.strip().split("\\s+");
            boolean revocation = parts[0].equals("@revoked");
            int at = revocation ? 1 : 0;
            if (parts.length >= at + 3 && (revocation || names(parts[0], name))) {
                add(revocation ? revoked : keys, parts[at + 1], parts[at + 2]);
            }
        }
        keys.removeAll(revoked);
        return List.copyOf(keys);
    }

    private static void add(List<HostKey> keys, String type, String base64) {
        try {
            keys.add(new HostKey(type, base64));
        } catch (IllegalArgumentException noKey) {
            // ssh skips such lines, too.
        }
    }

    private static boolean names(String hosts, String name) {
        if (hosts.startsWith("|1|")) {
            return isHashOf(hosts.split("\\|"), name);
        }
        List<String> all = List.of(hosts.toLowerCase(Locale.ROOT).split(","));
        return all.contains(name) && !all.contains("!" + name);
    }

    /** @param parts empty, 1, the salt and the HMAC-SHA1 of the name, both base64 */
    private static boolean isHashOf(String[] parts, String name) {
        if (parts.length != 4) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
            return MessageDigest.isEqual(
                    mac.doFinal(name.getBytes(StandardCharsets.UTF_8)),
                    Base64.getDecoder().decode(parts[3]));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }
}
