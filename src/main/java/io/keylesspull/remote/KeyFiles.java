package io.keylesspull.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;

/** Key pairs on disk. */
final class KeyFiles {

    private KeyFiles() {
    }

    static void save(Path file, byte[] privateKey, SshKey key) throws IOException {
        Path publicFile = file.resolveSibling(file.getFileName() + ".pub");
        boolean privateThere = isThere(file, key);
        boolean publicThere = isPublicThere(publicFile, key);
        createParent(file);
        if (!privateThere) {
            write(file, privateKey);
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

    private static void createParent(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (Files.isDirectory(parent)) {
            return;
        }
        if (isPosix(parent)) {
            Files.createDirectories(parent,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(parent);
        }
    }

    /** Beside its place first, so that a half-written key never has the key's name. */
    private static void write(Path file, byte[] privateKey) throws IOException {
        // Made for its owner only from the first moment: createTempFile does so on POSIX.
        Path unfinished = Files.createTempFile(file.toAbsolutePath().getParent(), ".key", ".tmp");
        try {
            ownerOnly(unfinished);
            Files.write(unfinished, privateKey);
            Files.move(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void ownerOnly(Path file) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return;
        }
        AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (view != null) {
            view.setAcl(List.of(AclEntry.newBuilder().setType(AclEntryType.ALLOW).setPrincipal(view.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class)).build()));
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
