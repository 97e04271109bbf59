package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.FileTree;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code ssh-keygen -l -f FILE}: the fingerprint of a public key, as OpenSSH 9 prints it. */
final class SshKeygen implements MachineProgram {

    private static final int FAILED = 255;

    @Override
    public int run(ProgramCall call) throws IOException {
        List<String> args = call.args();
        String options = String.join("", args.subList(0, Math.max(0, args.size() - 1)));
        if (!options.equals("-l-f") && !options.equals("-lf")) {
            return call.fail(1, "ssh-keygen: practice machines know ssh-keygen -l -f FILE only");
        }
        String file = args.get(args.size() - 1);
        if (file.equals("-")) {
            return show(call, "(stdin)", new String(call.in().readAllBytes(), StandardCharsets.UTF_8));
        }
        Optional<FileTree.Node> node = call.machine().files().visible(call.user(), call.path(file));
        if (node.isEmpty() || !node.get().readableBy(call.user())) {
            return call.fail(
                    FAILED,
                    "ssh-keygen: " + file + ": "
                            + (node.isEmpty() ? "No such file or directory" : "Permission denied"));
        }
        return show(call, file, new String(node.get().content(), StandardCharsets.UTF_8));
    }

    /** A file, or standard input, may hold several keys; what is no key is passed over if there is one. */
    private static int show(ProgramCall call, String file, String keys) throws IOException {
        List<String> lines =
                keys.lines().flatMap(key -> fingerprint(key.strip()).stream()).toList();
        if (lines.isEmpty()) {
            return call.fail(FAILED, file + " is not a public key file.");
        }
        for (String line : lines) {
            call.out().line(line);
        }
        return 0;
    }

    /** @param key a line of type, key and comment. @return bits, fingerprint, comment and type; empty for no key */
    private static Optional<String> fingerprint(String key) {
        String[] parts = key.split(" ", 3);
        try {
            byte[] blob = Base64.getDecoder().decode(parts.length > 1 ? parts[1] : "");
            ByteBuffer fields = ByteBuffer.wrap(blob);
            String type = new String(field(fields), StandardCharsets.US_ASCII);
            String bits = switch (type) {
                case "ssh-ed25519" -> "256";
                case "ecdsa-sha2-nistp256" -> "256";
                case "ssh-rsa" -> {
                    field(fields);
                    yield String.valueOf(new BigInteger(1, field(fields)).bitLength());
                }
                default -> "";
            };
            String hash = Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(blob));
            return bits.isEmpty() || !type.equals(parts[0])
                    ? Optional.empty()
                    : Optional.of(bits + " SHA256:" + hash
                            + " " + (parts.length > 2 ? parts[2] : "no comment") + " ("
                            + type.replaceFirst("(ssh-|-sha2.*)", "").toUpperCase(Locale.ROOT) + ")");
        } catch (IllegalArgumentException | BufferUnderflowException notKey) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] field(ByteBuffer fields) {
        int length = fields.getInt();
        if (length < 0 || length > fields.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] field = new byte[length];
        fields.get(field);
        return field;
    }
}
