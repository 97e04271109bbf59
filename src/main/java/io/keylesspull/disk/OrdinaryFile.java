package io.keylesspull.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that somebody else may have put there: a pipe, a device or a huge file is refused, not waited for. */
public final class OrdinaryFile {

    private OrdinaryFile() {}

    /**
     * @param largest in bytes
     * @throws FileSystemException with a reason, if it is no ordinary file or larger
     * @throws IOException if it cannot be read, as {@link Files#readAllBytes}
     */
    public static byte[] read(Path file, int largest) throws IOException {
        // Looked at before it is opened: opening a pipe waits until somebody writes to it.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "Not an ordinary file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw new FileSystemException(file.toString(), null, "File too large");
            }
            return bytes;
        }
    }
}
