package io.keylesspull.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What this computer must be and have, told in one sentence instead of by whatever fails first. */
final class Needs {

    /** Program and Debian package. */
    private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();

    static {
        PROGRAMS.put("fakeroot", "fakeroot");
        PROGRAMS.put("rpmbuild", "rpm");
        PROGRAMS.put("debootstrap", "debootstrap");
        PROGRAMS.put("desktop-file-validate", "desktop-file-utils");
        PROGRAMS.put("Xvfb", "xvfb");
        PROGRAMS.put("xdotool", "xdotool");
        PROGRAMS.put("import", "imagemagick");
        PROGRAMS.put("unshare", "util-linux");
        PROGRAMS.put("dpkg-deb", "dpkg");
        PROGRAMS.put("tar", "tar");
    }

    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private Needs() {
    }

    /** @throws IllegalStateException where packages cannot be tried out here */
    static void check() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new IllegalStateException("-Ppackage installs packages on a bare Debian system, which needs Linux; "
                    + "this is " + System.getProperty("os.name") + ". Packages are made here by jpackage/package.sh "
                    + "(macOS) or jpackage\\package.ps1 (Windows).");
        }
        if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0) {
            throw new IllegalStateException("-Ppackage installs packages on a bare Debian system, which needs root, to "
                    + "make namespaces of its own. Run it as root, or leave the profile out.");
        }
        List<String> missing = PROGRAMS.entrySet().stream().filter(program -> !isThere(program.getKey()))
                .map(Map.Entry::getValue).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("-Ppackage needs programs that are not here: apt-get install "
                    + String.join(" ", missing));
        }
    }

    private static boolean isThere(String program) {
        return Stream.concat(FOLDERS.stream(), Stream.of(System.getenv("PATH").split(":")))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
