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
