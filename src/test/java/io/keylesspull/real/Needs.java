package io.keylesspull.real;

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
        PROGRAMS.put("debootstrap", "debootstrap");
        PROGRAMS.put("dnsmasq", "dnsmasq-base");
        PROGRAMS.put("docker-registry", "docker-registry");
        PROGRAMS.put("gcc", "gcc libc6-dev");
        PROGRAMS.put("gpg", "gnupg");
        PROGRAMS.put("ip", "iproute2");
        PROGRAMS.put("openssl", "openssl");
        PROGRAMS.put("unshare", "util-linux");
        PROGRAMS.put("dpkg-deb", "dpkg");
        PROGRAMS.put("tar", "tar");
    }

    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin");

    private Needs() {
    }

    /** @throws IllegalStateException where a real machine cannot be had here */
    static void check() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new IllegalStateException("A real Debian machine needs Linux; this is "
                    + System.getProperty("os.name") + ". Leave -Preal-machine out here.");
        }
        if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0) {
            throw new IllegalStateException("A real Debian machine needs root, to make namespaces of its own. Run "
                    + "mvn -Preal-machine as root, or leave the profile out.");
        }
        List<String> missing = PROGRAMS.entrySet().stream().filter(program -> !isThere(program.getKey()))
                .map(Map.Entry::getValue).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("A real Debian machine needs programs that are not here: apt-get install "
                    + String.join(" ", missing));
        }
    }

    private static boolean isThere(String program) {
        return Stream.concat(FOLDERS.stream(), Stream.of(System.getenv("PATH").split(":")))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
