package io.keylesspull.remote;

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
        Path publicFile = file.resolveSibling(file.getFileName() + ".pub");
        boolean privateThere = isThere(file, key);
        boolean publicThere = isPublicThere(publicFile, key);
        PrivateFiles.createFolderOf(file);
        if (!privateThere) {
            PrivateFiles.writeNew(file, privateKey);
        }
        if (!publicThere) {
            Files.writeString(publicFile, key.publicKeyLine() + "\n", StandardCharsets.UTF_8);
        }
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
