package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The {@code osProfile} of a new Linux machine: its administrator and the SSH keys. Source:
 * learn.microsoft.com/azure/virtual-machines/linux/faq, mac-create-ssh-keys.
 *
 * @param authorizedKeys lines as in {@code ~/.ssh/authorized_keys}
 */
record VmLogin(String adminUsername, List<String> authorizedKeys) {

    private static final int RSA_BITS = 2048;
    private static final String KEYS = "linuxConfiguration.ssh.publicKeys";
    private static final Set<String> RESERVED = Set.of(
            "administrator",
            "admin",
            "user",
            "user1",
            "test",
            "user2",
            "test1",
            "user3",
            "admin1",
            "1",
            "123",
            "a",
            "actuser",
            "adm",
            "admin2",
            "aspnet",
            "backup",
            "console",
            "david",
            "guest",
            "john",
            "owner",
            "root",
            "server",
            "sql",
            "support",
            "support_388945a0",
            "sys",
            "test2",
            "test3",
            "user4",
            "user5",
            "video");

    /** @param profile {@code properties.osProfile} of the request */
    static VmLogin of(JsonNode profile) {
        if (!profile.isObject()) {
            throw ArmError.invalidParameter("osProfile", "Required parameter 'osProfile' is missing (null).");
        }
        String user = Json.text(profile, "/adminUsername")
                .orElseThrow(() -> ArmError.invalidParameter(
                        "adminUsername", "Required parameter 'adminUsername' is missing (null)."));
        if (RESERVED.contains(user.toLowerCase(Locale.ROOT))) {
            throw ArmError.invalidParameter("adminUsername", "The Admin Username specified is not allowed.");
        }
        if (!user.matches("[A-Za-z_][-\\w]{0,63}")) {
            throw ArmError.invalidParameter(
                    "adminUsername",
                    "The Admin Username '" + user + "' is not valid: up to "
                            + "64 letters, digits, '-' and '_', starting with a letter or '_'.");
        }
        List<String> keys = Json.items(profile.at("/linuxConfiguration/ssh/publicKeys"))
                .map(key -> key(key, user))
                .toList();
        boolean password =
                !profile.at("/linuxConfiguration/disablePasswordAuthentication").asBoolean(false);
        if (keys.isEmpty() && !(password && profile.hasNonNull("adminPassword"))) {
            throw ArmError.invalidParameter(
                    "linuxConfiguration",
                    "Authentication using either SSH or by user name "
                            + "and password must be enabled in Linux profile.");
        }
        return new VmLogin(user, keys);
    }

    private static String key(JsonNode key, String user) {
        String file = "/home/" + user + "/.ssh/authorized_keys";
        if (!Json.text(key, "/path").orElse(file).equals(file)) {
            throw ArmError.invalidParameter(
                    KEYS + ".path",
                    "Destination path for SSH public keys is currently " + "limited to its default value " + file
                            + " due to a known issue in Linux provisioning agent.");
        }
        String line = Json.text(key, "/keyData").map(String::strip).orElse("");
        if (!isKey(line)) {
            throw ArmError.invalidParameter(
                    KEYS + ".keyData", "The value of parameter " + KEYS + ".keyData is invalid.");
        }
        return line;
    }

    /** Whether a line is an RSA key with enough bits or an Ed25519 key: Azure accepts no others. */
    private static boolean isKey(String line) {
        String[] parts = line.split("\\s+", 3);
        if (parts.length < 2 || line.contains("\n")) {
            return false;
        }
        try {
            ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(parts[1]));
            if (!new String(field(blob), StandardCharsets.US_ASCII).equals(parts[0])) {
                return false;
            }
            byte[] first = field(blob);
            return switch (parts[0]) {
                case "ssh-ed25519" -> first.length == 32;
                case "ssh-rsa" -> new BigInteger(1, field(blob)).bitLength() >= RSA_BITS;
                default -> false;
            };
        } catch (IllegalArgumentException | BufferUnderflowException notKey) {
            return false;
        }
    }

    private static byte[] field(ByteBuffer blob) {
        int length = blob.getInt();
        if (length < 0 || length > blob.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] field = new byte[length];
        blob.get(field);
        return field;
    }
}
