package io.keylesspull.app;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What this program is, and what it runs on. */
final class Version {

    private Version() {}

    /** Empty for classes that are in no jar. */
    static Optional<String> ofProgram() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
    }

    /** For somebody who is to find a fault. */
    static String all() {
        return "Keyless Pull " + ofProgram().orElse("(not packaged)")
                + "\nJava " + System.getProperty("java.runtime.version")
                + " (" + System.getProperty("java.vendor") + ")"
                + "\nJavaFX " + System.getProperty("javafx.runtime.version", "(not started)")
                + "\n" + System.getProperty("os.name")
                + " " + System.getProperty("os.version")
                + " " + System.getProperty("os.arch")
                + "\nlanguage " + System.getProperty("user.language");
    }

    /** The licences of the libraries, which packages have beside the program. */
    static Optional<Path> licences() {
        try {
            Path program = Path.of(Version.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Optional.of(program.resolveSibling("THIRD-PARTY.txt")).filter(Files::exists);
        } catch (URISyntaxException | RuntimeException nowhere) {
            return Optional.empty();
        }
    }
}
