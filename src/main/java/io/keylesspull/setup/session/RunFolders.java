package io.keylesspull.setup.session;

import io.keylesspull.engine.Failure;
import io.keylesspull.setup.SetupFile;
import io.keylesspull.setup.SetupRequest;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** One folder for each run, with what it was asked for and the key it made. */
public final class RunFolders {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Time time;

    /** @param folder where the folders of all runs are; made when first needed */
    public RunFolders(Path folder, Time time) {
        this.folder = folder;
        this.time = time;
    }

    /** Makes the folder of a new run. */
    Path open(SetupRequest request) throws Failure {
        try {
            Path parent = Files.createDirectories(folder);
            Path made = unused(parent, NAME.format(time.now()));
            Files.writeString(made.resolve("setup.json"), SetupFile.write(request));
            return made;
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", String.valueOf(e), folder.toString());
        }
    }

    private static Path unused(Path parent, String name) throws IOException {
        Path candidate = parent.resolve(name);
        for (int number = 2; Files.exists(candidate); number++) {
            candidate = parent.resolve(name + "-" + number);
        }
        return Files.createDirectory(candidate);
    }
}
