package io.keylesspull.practice.machine.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One package as a machine's package lists offer it.
 *
 * @param origin             as apt names where it comes from, such as {@code Ubuntu:24.04/noble-updates}
 * @param bytes              to download
 * @param kibibytes          on the disk once it is installed
 * @param recommends         what apt installs along with it, and what it may go without afterwards
 * @param leavesConfiguration whether dpkg remembers it after a removal, until it is purged
 */
public record PackageCandidate(String name, String version, String origin, String architecture, long bytes,
        long kibibytes,
             List<String> depends, List<String> recommends, boolean leavesConfiguration) {

    /** What Docker's own repository offers; not in the lists of any machine here, but it may be on one. */
    static final Map<String, PackageCandidate> FROM_DOCKER = Map.of(
            "containerd.io", fromDocker("containerd.io", "1.7.27-1", List.of()),
            "docker-ce-cli", fromDocker("docker-ce-cli", "5:28.0.1-1", List.of()),
            "docker-ce", fromDocker("docker-ce", "5:28.0.1-1", List.of("containerd.io", "docker-ce-cli")));

    /**
     * As the control files of Debian 12 say it, and those of Docker's packages, which conflict from their side.
     * containerd.io provides containerd, but in no version, which docker.io asks for.
     */
    private static final Map<String, List<String>> CONFLICTS = Map.of(
            "docker.io", List.of("docker-ce", "docker-ce-cli", "podman-docker"),
            "containerd", List.of("containerd.io"), "runc", List.of("containerd.io"));

    private static PackageCandidate fromDocker(String name, String version, List<String> depends) {
        return new PackageCandidate(name, version, "Docker CE:stable", "amd64", 0, 0, depends, List.of(), false);
    }

    /** Packages that cannot be on a machine beside this one. */
    List<String> conflicts() {
        return CONFLICTS.getOrDefault(name, List.of());
    }

    /** What a release offers by itself, by name, in the order in which apt unpacks. */
    static Map<String, PackageCandidate> of(LinuxRelease release) {
        Map<String, PackageCandidate> offers = new LinkedHashMap<>();
        String table = "/io/keylesspull/practice/packages-" + release.codename() + ".txt";
        try (InputStream in = PackageCandidate.class.getResourceAsStream(table)) {
            if (in == null) {
                throw new IllegalStateException("no table " + table);
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .map(PackageCandidate::row).forEach(offer -> offers.put(offer.name(), offer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return offers;
    }

    private static PackageCandidate row(String line) {
        String[] cells = (line + "| | | ").split("\\|");
        return new PackageCandidate(cells[0], cells[1], cells[2], cells[3], Long.parseLong(cells[4]), Long
                .parseLong(cells[5]),
                names(cells[6]), names(cells[7]), cells[8].equals("conf"));
    }

    private static List<String> names(String cell) {
        return cell.isBlank() ? List.of() : List.of(cell.split(","));
    }

    /** As apt writes it after the name in {@code Inst} and {@code Conf}. */
    public String inParentheses() {
        return "(" + version + " " + origin + " [" + architecture + "])";
    }
}
