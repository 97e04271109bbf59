package io.keylesspull.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Creates folders and files that only their owner can read or change, from the moment they exist: with the modes 0700
 * and 0600 if the file system has modes, with an access control list of one entry on Windows. On a file system that has
 * neither (FAT) they are ordinary files.
 */
public final class PrivateFiles {

    private static final FileAttribute<?>[] NONE = {};

    private PrivateFiles() {}

    /**
     * Creates the folder and missing parents. Existing folders are not changed.
     *
     * @throws FileAlreadyExistsException if a file has its name
     */
    public static void createDirectories(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        if (absolute.getParent() != null) {
            createDirectories(absolute.getParent());
        }
        try {
            Files.createDirectory(absolute, mode(absolute, "rwx------"));
            sync(folderOf(absolute));
            // Empty still: whatever is put into it inherits this.
            restrict(absolute, AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
        } catch (FileAlreadyExistsException exists) {
            if (!Files.isDirectory(absolute)) {
                throw exists;
            }
        }
    }

    /** As {@link #createDirectories}, for the folder that a file is in. */
    public static void createFolderOf(Path file) throws IOException {
        createDirectories(folderOf(file));
    }

    /** Creates an empty file, to be written in parts. @throws FileAlreadyExistsException if it exists */
    public static void create(Path file) throws IOException {
        createUnsynced(file);
        sync(folderOf(file));
    }

    /**
     * Writes a file, or replaces it. Readers see the whole old content or the whole new content, also after a crash.
     */
    public static void write(Path file, byte[] content) throws IOException {
        // Both options: some file systems do not replace a file with ATOMIC_MOVE alone.
        move(file, content, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes a new file, completely or not at all. @throws FileAlreadyExistsException if it exists */
    public static void writeNew(Path file, byte[] content) throws IOException {
        move(file, content);
    }

    private static void move(Path file, byte[] content, CopyOption... how) throws IOException {
        // In a separate folder: on Windows a new file is private only if its folder is.
        Path folder = Files.createTempDirectory(folderOf(file), ".new");
        Path unfinished = folder.resolve(file.getFileName());
        try {
            restrict(folder, AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
            createUnsynced(unfinished);
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(unfinished, file, how);
            sync(folderOf(file));
        } finally {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(folder);
        }
    }

    private static void createUnsynced(Path file) throws IOException {
        Files.createFile(file, mode(file, "rw-------"));
        restrict(file);
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root has no folder");
    }

    private static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notPossibleHere) {
            return;
        }
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        return knows(path, "posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : NONE;
    }

    private static void restrict(Path path, AclEntryFlag... inherited) throws IOException {
        if (knows(path, "posix") || !knows(path, "acl")) {
            return;
        }
        AclFileAttributeView view = Files.getFileAttributeView(path, AclFileAttributeView.class);
        // The file's owner, not the user's name: a name may be unknown or belong to another account.
        view.setAcl(List.of(AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(view.getOwner())
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .setFlags(Set.of(inherited))
                .build()));
    }

    private static boolean knows(Path path, String view) {
        return path.getFileSystem().supportedFileAttributeViews().contains(view);
    }
}
