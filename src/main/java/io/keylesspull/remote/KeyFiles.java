package io.keylesspull.remote;

import io.keylesspull.disk.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Saves key pairs as files. */
final class KeyFiles {

    private KeyFiles() {}

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
            if (HostKey.parse(Files.readString(file, StandardCharsets.UTF_8)).equals(key.publicKey())) {
                return true;
            }
        } catch (IllegalArgumentException notOne) {
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
