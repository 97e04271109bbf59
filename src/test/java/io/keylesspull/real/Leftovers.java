package io.keylesspull.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a sandbox has in the host's file systems: a folder for sockets and logs, and in each hierarchy a control group,
 * all named after the process they belong to. One that was killed could not remove them itself: the next one does.
 */
final class Leftovers {

    private static final String NAME = "keyless-pull-real-";
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    private Leftovers() {}

    /** A new folder of this process, whose name is that of its control groups. */
    static Path newFolder() throws IOException {
        Path folder = TEMPORARY.resolve(NAME + ProcessHandle.current().pid());
        remove(folder);
        return Files.createDirectory(folder);
    }

    /** Removes those of processes that are no more. */
    static void remove() throws IOException {
        for (Path place : places()) {
            try (Stream<Path> there = Files.list(place)) {
                for (Path orphan : there.filter(Leftovers::isOrphan).toList()) {
                    delete(orphan);
                }
            }
        }
    }

    /** Removes a folder of this process and its control groups. */
    static void remove(Path folder) throws IOException {
        for (Path place : places()) {
            delete(place.resolve(folder.getFileName()));
        }
    }

    private static List<Path> places() throws IOException {
        List<Path> places = new ArrayList<>(List.of(TEMPORARY, GROUPS));
        try (Stream<Path> hierarchies = Files.list(GROUPS)) {
            places.addAll(hierarchies.filter(Files::isDirectory).toList());
        }
        return places;
    }

    private static boolean isOrphan(Path path) {
        String name = path.getFileName().toString();
        return name.matches(NAME + "\\d+")
                && ProcessHandle.of(Long.parseLong(name.substring(NAME.length())))
                        .isEmpty();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            boolean group = folder.startsWith(GROUPS);
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                // The files of a control group go with its directory.
                if (!group || Files.isDirectory(path)) {
                    Files.delete(path);
                }
            }
        }
    }
}
