package io.keylesspull.real;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Where what takes long to make or to bring is kept between runs. It may be deleted whenever nothing uses it. */
public final class Cache {

    private Cache() {}

    /** Makes something that is to be kept. */
    @FunctionalInterface
    public interface Preparation {

        /** @param part where it is made; not there before */
        void make(Path part) throws IOException, InterruptedException;
    }

    /** Kept files and folders are in here. */
    public static Path folder() {
        return Path.of(System.getProperty("keylesspull.real.cache", "/var/cache/keyless-pull-real"));
    }

    /**
     * A file or folder that is kept, made first if it is not there. Only one process makes it; others wait meanwhile.
     * If making it fails or is killed, nothing of that name is there.
     *
     * @param name goes up by a version when something else is made
     */
    public static Path keep(String name, Preparation preparation) throws IOException, InterruptedException {
        return keep(folder(), name, preparation);
    }

    static Path keep(Path folder, String name, Preparation preparation) throws IOException, InterruptedException {
        Path kept = Files.createDirectories(folder).resolve(name);
        synchronized (Cache.class) {
            // Between processes; within one, a second lock would be refused instead of waited for.
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(kept)) {
                    Path part = folder.resolve(name + ".part");
                    Programs.run("rm", "-rf", "--one-file-system", part.toString());
                    preparation.make(part);
                    Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
        return kept;
    }
}
