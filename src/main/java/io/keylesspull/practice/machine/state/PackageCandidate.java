package io.keylesspull.practice.machine.state;

import io.keylesspull.practice.data.DataTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One package as a machine's package lists offer it.
 *
 * @param origin as apt prints it, such as {@code Ubuntu:24.04/noble-updates}
 * @param bytes to download
 * @param kibibytes on the disk once it is installed
 * @param recommends installed along with it, but not required
 * @param leavesConfiguration whether dpkg keeps its configuration after a removal, until it is purged
 */
public record PackageCandidate(
        String name,
        String version,
        String origin,
        String architecture,
        long bytes,
        long kibibytes,
        List<String> depends,
        List<String> recommends,
        boolean leavesConfiguration) {

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
            "docker.io",
            List.of("docker-ce", "docker-ce-cli", "podman-docker"),
            "containerd",
            List.of("containerd.io"),
            "runc",
            List.of("containerd.io"));

    private static PackageCandidate fromDocker(String name, String version, List<String> depends) {
        return new PackageCandidate(name, version, "Docker CE:stable", "amd64", 0, 0, depends, List.of(), false);
    }

    /** Packages that cannot be on a machine beside this one. */
    List<String> conflicts() {
        return CONFLICTS.getOrDefault(name, List.of());
    }

    /** What a release offers by itself, by name, in the order in which apt unpacks. */
    static Map<String, PackageCandidate> of(LinuxRelease release) {
        Map<String, PackageCandidate> candidates = new LinkedHashMap<>();
        for (List<String> row : DataTable.rows("packages-" + release.codename() + ".txt")) {
            PackageCandidate candidate = new PackageCandidate(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    row.get(3),
                    Long.parseLong(row.get(4)),
                    Long.parseLong(row.get(5)),
                    names(cell(row, 6)),
                    names(cell(row, 7)),
                    cell(row, 8).equals("conf"));
            candidates.put(candidate.name(), candidate);
        }
        return candidates;
    }

    /** Empty cells at the end of a row may be left out. */
    private static String cell(List<String> row, int index) {
        return index < row.size() ? row.get(index) : "";
    }

    private static List<String> names(String cell) {
        return cell.isBlank() ? List.of() : List.of(cell.split(","));
    }

    /** As apt prints it after the name in {@code Inst} and {@code Conf}. */
    public String inParentheses() {
        return "(" + version + " " + origin + " [" + architecture + "])";
    }
}
