package io.keylesspull.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerHasRightsWhereThereAreModes() throws IOException {
        Path folder = directory.resolve("a/b");
        PrivateFiles.createDirectories(folder);
        PrivateFiles.create(folder.resolve("grows"));
        PrivateFiles.writeNew(folder.resolve("new"), CONTENT);
        PrivateFiles.write(folder.resolve("replaced"), CONTENT);

        assertThat(List.of(directory.resolve("a"), folder))
                .allSatisfy(made -> assertThat(mode(made)).isEqualTo("rwx------"));
        assertThat(List.of("grows", "new", "replaced"))
                .allSatisfy(name -> assertThat(mode(folder.resolve(name))).isEqualTo("rw-------"));
    }

    @Test
    void anInterruptCutsNoWriteShortAndIsNotLost() throws IOException {
        Path file = directory.resolve("file");

        Thread.currentThread().interrupt();
        PrivateFiles.writeNew(file, CONTENT);
        PrivateFiles.write(file, CONTENT);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasBinaryContent(CONTENT);
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void onlyTheOwnerHasRightsWhereThereAreAccessControlLists() throws IOException {
        try (FileSystem windows = windows()) {
            Path folder = windows.getPath("C:\\Users\\me\\Keyless Pull\\runs");
            PrivateFiles.createDirectories(folder);
            PrivateFiles.create(folder.resolve("grows"));
            PrivateFiles.writeNew(folder.resolve("new"), CONTENT);
            PrivateFiles.write(folder.resolve("replaced"), CONTENT);

            for (Path made : List.of(folder, folder.getParent())) {
                assertThat(access(made).flags())
                        .as("what is made in it is private too")
                        .containsExactlyInAnyOrder(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
            }
            for (String name : List.of("grows", "new", "replaced")) {
                access(folder.resolve(name));
            }
            assertThat(folder.resolve("new")).hasBinaryContent(CONTENT);
        }
    }

    /** The JVM's own recording of what is forced to the disk. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void theFolderOfWhatIsMadeIsForcedToTheDisk() throws IOException {
        Path folder = directory.resolve("a");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            PrivateFiles.createDirectories(folder.resolve("b"));
            PrivateFiles.create(folder.resolve("b/grows"));
            PrivateFiles.writeNew(folder.resolve("b/c"), CONTENT);
            PrivateFiles.write(folder.resolve("b/c"), CONTENT);
            recording.stop();

            assertThat(forced(recording))
                    .filteredOn(Files::isDirectory)
                    .containsExactlyInAnyOrder(
                            directory, folder, folder.resolve("b"), folder.resolve("b"), folder.resolve("b"));
        }
    }

    private List<Path> forced(Recording recording) throws IOException {
        Path file = directory.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.FileForce"))
                .map(event -> Path.of(event.getString("path")))
                .filter(path -> path.startsWith(directory))
                .toList();
    }

    @Test
    void foldersThatAreThereStayAsTheyAre() throws IOException {
        try (FileSystem windows = windows()) {
            Path there = Files.createDirectories(windows.getPath("C:\\Users\\me"));
            PrivateFiles.createDirectories(there);
            assertThat(Files.getFileAttributeView(there, AclFileAttributeView.class)
                            .getAcl())
                    .isEmpty();
        }
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> PrivateFiles.createDirectories(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void whatIsWrittenTakesTheOldOnesPlaceAndNothingElseStays() throws IOException {
        Path file = directory.resolve("file");
        PrivateFiles.write(file, "old and longer".getBytes(UTF_8));
        PrivateFiles.write(file, CONTENT);

        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(names()).containsExactly("file");
    }

    @Test
    void alsoWhereAnAtomicMoveAloneWouldNotReplace() throws IOException {
        try (FileSystem windows = windows()) {
            Path file = windows.getPath("C:\\file");
            PrivateFiles.write(file, "old and longer".getBytes(UTF_8));
            PrivateFiles.write(file, CONTENT);

            assertThat(file).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void aFileThatIsThereIsKeptWhereANewOneIsMeant() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "old");

        assertThatThrownBy(() -> PrivateFiles.writeNew(file, CONTENT)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> PrivateFiles.create(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("file");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** The one entry there is: the owner's, with every right. */
    private static AclEntry access(Path path) throws IOException {
        AclFileAttributeView view = Files.getFileAttributeView(path, AclFileAttributeView.class);
        assertThat(view.getAcl()).as("%s", path).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo(AclEntryType.ALLOW);
            assertThat(entry.principal()).isEqualTo(view.getOwner());
            assertThat(entry.permissions()).containsExactlyInAnyOrder(AclEntryPermission.values());
        });
        return view.getAcl().get(0);
    }

    private static FileSystem windows() {
        return Jimfs.newFileSystem(Configuration.windows().toBuilder()
                .setAttributeViews("basic", "owner", "acl")
                .build());
    }
}
