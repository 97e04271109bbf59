package io.keylesspull.practice.machine.state;

import io.keylesspull.practice.data.DataTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One package as a machine's package lists offer it.
 *
 * @param origin              as apt prints it, such as {@code Ubuntu:24.04/noble-updates}
 * @param bytes               to download
 * @param kibibytes           on the disk once it is installed
 * @param recommends          installed along with it, but not required
 * @param leavesConfiguration whether dpkg keeps its configuration after a removal, until it is purged
 */
public record PackageCandidate(String name, String version, String origin, String architecture, long bytes,
                               long kibibytes, List<String> depends, List<String> recommends,
                               boolean leavesConfiguration) {

    /** The candidates of a release's own lists, by name, in the order in which apt unpacks. */
    static Map<String, PackageCandidate> of(LinuxRelease release) {
        Map<String, PackageCandidate> candidates = new LinkedHashMap<>();
        for (List<String> row : DataTable.rows("packages-" + release.codename() + ".txt")) {
            PackageCandidate candidate = new PackageCandidate(row.get(0), row.get(1), row.get(2), row.get(3),
                    Long.parseLong(row.get(4)), Long.parseLong(row.get(5)), names(cell(row, 6)), names(cell(row, 7)),
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
