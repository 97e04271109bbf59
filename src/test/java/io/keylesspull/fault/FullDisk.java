package io.keylesspull.fault;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk in memory that can be filled to its last byte. */
final class FullDisk {

    private static final int BLOCK = 64;
    private static final int SIZE = 4 * 1024 * 1024;

    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
            .setAttributeViews("basic", "owner", "posix", "unix")
            .setBlockSize(BLOCK)
            .setMaxSize(SIZE)
            .build());

    /** A folder on it. */
    Path folder() {
        return disk.getPath("/data");
    }

    /** Leaves no room at all. */
    void fill() {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            while (true) {
                filler.write(0);
            }
        } catch (IOException full) {
            return;
        }
    }

    /** Makes room again. */
    void free() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return disk.getPath("/filler");
    }
}
