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
import java.util.Set;

/**
 * Folders and files that only their owner may read or change, from the first moment: modes 0700 and 0600 where the
 * file system knows modes, an access control list of one entry on Windows. A file system that knows neither (FAT)
 * takes them as they are. What was made is still there after a power cut, its name too, if the system lets folders be
 * synced: Linux and macOS do.
 */
public final class PrivateFiles {

    private static final FileAttribute<?>[] NONE = {};

    private PrivateFiles() {
    }

    /**
     * Makes the folder and those above it that are missing. Folders that are there are left as they are.
     *
     * @throws FileAlreadyExistsException where something else has its name
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
            sync(absolute.getParent());
            // Empty still: whatever is put into it inherits this.
            restrict(absolute, AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
        } catch (FileAlreadyExistsException exists) {
            if (!Files.isDirectory(absolute)) {
                throw exists;
            }
        }
    }

    /** Makes an empty file, to be written to bit by bit. @throws FileAlreadyExistsException where it is there */
    public static void create(Path file) throws IOException {
        createUnsynced(file);
        sync(file.toAbsolutePath().getParent());
    }

    /**
     * Writes a file in the place of the one that may be there. Whoever reads it, after a crash too, finds the old
     * content or the new, each whole.
     */
    public static void write(Path file, byte[] content) throws IOException {
        // Both: whether the former alone takes the place of a file that is there is up to the file system.
        move(file, content, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes a file that is not there yet, whole or not at all. @throws FileAlreadyExistsException where it is there */
    public static void writeNew(Path file, byte[] content) throws IOException {
        move(file, content);
    }

    private static void move(Path file, byte[] content, CopyOption... how) throws IOException {
        // In a folder of its own: on Windows a file is private from its first moment only where its folder is.
        Path folder = Files.createTempDirectory(file.toAbsolutePath().getParent(), ".new");
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
            sync(file.toAbsolutePath().getParent());
        } finally {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(folder);
        }
    }

    private static void createUnsynced(Path file) throws IOException {
        Files.createFile(file, mode(file, "rw-------"));
        restrict(file);
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
        // Not the user by name, which may not be found or be another's: whoever could make it, owns it.
        view.setAcl(List.of(AclEntry.newBuilder().setType(AclEntryType.ALLOW).setPrincipal(view.getOwner())
                .setPermissions(EnumSet.allOf(AclEntryPermission.class)).setFlags(Set.of(inherited)).build()));
    }

    private static boolean knows(Path path, String view) {
        return path.getFileSystem().supportedFileAttributeViews().contains(view);
    }
}
