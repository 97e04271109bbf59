package io.keylesspull.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What this computer must be and have, reported in one sentence instead of by whatever fails first. */
public enum Needs {
    REAL_MACHINE(
            "mvn -Preal-machine",
            "mmdebstrap",
            "dnsmasq/dnsmasq-base",
            "docker-registry",
            "gcc/gcc libc6-dev",
            "gpg/gnupg",
            "ip/iproute2",
            "openssl",
            "unshare/util-linux",
            "dpkg-deb/dpkg",
            "tar"),
    AZURE_CLI("mvn -Pazure-cli", "mmdebstrap", "unshare/util-linux", "bash"),
    PACKAGES(
            "mvn -Ppackage",
            "fakeroot",
            "rpmbuild/rpm",
            "strip/binutils",
            "unzip",
            "debootstrap",
            "appstreamcli/appstream",
            "desktop-file-validate/desktop-file-utils",
            "Xvfb/xvfb",
            "xdotool",
            "import/imagemagick",
            "unshare/util-linux",
            "dpkg-deb/dpkg",
            "tar");

    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin");

    private final String command;
    private final List<String> programs;

    /** @param programs each with the Debian packages it comes in, after a slash, where those have another name */
    Needs(String command, String... programs) {
        this.command = command;
        this.programs = List.of(programs);
    }

    /** @throws IllegalStateException where a system of its own cannot be had here */
    public void check() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new IllegalStateException(command + " makes a Debian system of its own, which needs Linux; this is "
                    + System.getProperty("os.name") + ". Leave the profile out here.");
        }
        if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0) {
            throw new IllegalStateException(command + " makes a Debian system of its own, which needs root, for its "
                    + "namespaces. Run it as root, or leave the profile out.");
        }
        List<String> missing = programs.stream()
                .map(program -> program.split("/"))
                .filter(names -> !isThere(names[0]))
                .map(names -> names[names.length - 1])
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    command + " needs programs that are not here: apt-get install " + String.join(" ", missing));
        }
    }

    /**
     * Skips the test where a system of its own cannot be had here; fails it where {@code -Dtools.required=true} says
     * that everything is there, as {@code .ci/run} does.
     */
    public void assume() throws IOException {
        try {
            check();
        } catch (IllegalStateException lacking) {
            if (Boolean.getBoolean("tools.required")) {
                throw lacking;
            }
            Assumptions.abort(lacking.getMessage());
        }
    }

    private static boolean isThere(String program) {
        return Stream.concat(FOLDERS.stream(), Stream.of(System.getenv("PATH").split(":")))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
