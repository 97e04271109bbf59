package io.keylesspull.remote;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.keylesspull.disk.PrivateFiles;
import io.keylesspull.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and saves the files of key pairs. What a user names as a key may be anything: a folder, a device, a film. */
final class KeyFiles {

    /** In bytes; an RSA key of 16384 bits takes a fifth of it. */
    private static final int LARGEST = 64 * 1024;

    private KeyFiles() {}

    /** @throws SshException BAD_KEY if it is missing, unreadable, too large, or not an ordinary file */
    static byte[] read(Path file) throws SshException {
        String name = file.toString();
        try {
            requireOrdinary(file);
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                // The size that the system reports is not enough: files in /proc have the size 0.
                bytes = in.readNBytes(LARGEST + 1);
            }
            if (bytes.length > LARGEST) {
                throw bad("large-key", name, null);
            }
            return bytes;
        } catch (NoSuchFileException missing) {
            throw bad("missing-key", name, missing);
        } catch (AccessDeniedException denied) {
            throw bad("denied-key", name, denied);
        } catch (IOException unreadable) {
            throw bad("unreadable-key", name, unreadable);
        }
    }

    /** Looked at before it is opened: opening a pipe waits until somebody writes to it. */
    private static void requireOrdinary(Path file) throws IOException, SshException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            throw bad("folder-key", file.toString(), null);
        }
        if (!attributes.isRegularFile()) {
            throw bad("special-key", file.toString(), null);
        }
    }

    private static SshException bad(String key, String name, @Nullable Throwable cause) {
        return new SshException(SshException.Kind.BAD_KEY, Text.of("remote." + key, name), cause);
    }

    static void save(Path file, byte[] privateKey, SshKey key) throws IOException {
        Path publicFile = publicFile(file);
        boolean privateThere = isThere(file, key);
        boolean publicThere = isPublicThere(publicFile, key);
        PrivateFiles.createFolderOf(file);
        if (!privateThere) {
            PrivateFiles.writeNew(file, privateKey);
        }
        if (!publicThere) {
            PrivateFiles.writeNew(publicFile, (key.publicKeyLine() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * The public key that a file is, that is in the file beside it, or that its format leaves readable if it has a
     * passphrase, as OpenSSH's and PuTTY's do.
     */
    static Optional<HostKey> publicHalf(Path file, byte[] bytes) {
        return publicKey(bytes).or(() -> beside(file)).or(() -> readable(bytes));
    }

    private static Optional<HostKey> publicKey(byte[] bytes) {
        try {
            return Optional.of(HostKey.parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    private static Optional<HostKey> beside(Path file) {
        try {
            return publicKey(read(publicFile(file)));
        } catch (SshException none) {
            return Optional.empty();
        }
    }

    private static Optional<HostKey> readable(byte[] bytes) {
        try {
            byte[] blob = KeyPair.load(new JSch(), bytes.clone(), null).getPublicKeyBlob();
            return blob == null ? Optional.empty() : Optional.of(HostKey.ofBlob(blob));
        } catch (JSchException | RuntimeException malformed) {
            // As in SshKey: the parser throws various runtime exceptions.
            return Optional.empty();
        }
    }

    private static Path publicFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    private static boolean isThere(Path file, SshKey key) throws IOException {
        if (Files.notExists(file)) {
            return false;
        }
        try {
            if (SshKey.load(file).isSameAs(key)) {
                return true;
            }
        } catch (SshException unreadable) {
            FileAlreadyExistsException exists = exists(file);
            exists.initCause(unreadable);
            throw exists;
        }
        throw exists(file);
    }

    private static boolean isPublicThere(Path file, SshKey key) throws IOException {
        if (Files.notExists(file)) {
            return false;
        }
        try {
            if (HostKey.parse(new String(read(file), StandardCharsets.UTF_8)).equals(key.publicKey())) {
                return true;
            }
        } catch (IllegalArgumentException | SshException notOne) {
            FileAlreadyExistsException exists = exists(file);
            exists.initCause(notOne);
            throw exists;
        }
        throw exists(file);
    }

    private static FileAlreadyExistsException exists(Path file) {
        return new FileAlreadyExistsException(file.toString(), null, "another key is there");
    }
}
