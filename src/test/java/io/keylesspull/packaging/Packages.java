package io.keylesspull.packaging;

import io.keylesspull.real.Needs;
import io.keylesspull.real.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The packages of what Maven built, made once for all tests. */
final class Packages {

    /** How the program's own folder is called wherever it is installed. */
    static final String HOME = "/opt/keyless-pull";

    private static final Path INSTALLERS = Path.of("target", "installers");

    private static boolean made;

    private Packages() {}

    static synchronized void make() throws IOException, InterruptedException {
        if (!made) {
            Needs.PACKAGES.check();
            Programs.run("/bin/sh", "jpackage/package.sh", "--built", "deb", "rpm");
            made = true;
        }
    }

    static Path deb() throws IOException {
        return only(".deb");
    }

    static Path rpm() throws IOException {
        return only(".rpm");
    }

    private static Path only(String ending) throws IOException {
        try (Stream<Path> files = Files.list(INSTALLERS)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .reduce((one, other) -> {
                        throw new IllegalStateException(one + " and " + other);
                    })
                    .orElseThrow();
        }
    }

    /** A bare system with what the package says it depends on, and nothing else: Java is not among it. */
    static BareSystem bareSystem() throws IOException, InterruptedException {
        BareSystem system = BareSystem.open();
        try {
            system.asRoot(
                    "apt-get",
                    "-q",
                    "-y",
                    "--no-install-recommends",
                    "satisfy",
                    Programs.run("dpkg-deb", "--field", deb().toString(), "Depends")
                            .strip());
            if (system.which("java").isPresent()) {
                throw new IllegalStateException("the bare system has a Java");
            }
            return system;
        } catch (IOException | InterruptedException | RuntimeException e) {
            system.close();
            throw e;
        }
    }
}
