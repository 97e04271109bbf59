package io.keylesspull.practice.machine.program.apt;

import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.shell.TextOutput;
import io.keylesspull.practice.machine.state.PackageCandidate;
import io.keylesspull.practice.machine.state.PackageDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What one {@code apt-get} call would change, in the words of apt 2.6.1.
 *
 * @param named the packages that the caller named
 * @param notes lines that are printed first, such as what is installed already
 * @param install in the order in which apt unpacks, upgrades included
 * @param upgraded the installed version, by name
 * @param removed the removed version, by name, in the order in which dpkg removes
 * @param purge whether configuration is removed, too
 * @param unneeded packages that nothing needs afterwards
 * @param outdated how many packages could be upgraded before
 */
record AptPlan(
        Set<String> named,
        List<String> notes,
        List<PackageCandidate> install,
        Map<String, String> upgraded,
        Map<String, String> removed,
        boolean purge,
        List<String> unneeded,
        int outdated) {

    /** Without a terminal apt assumes 80 columns, and leaves four of them free. */
    private static final int COLUMNS = 76;

    static AptPlan install(PackageDatabase packages, Collection<String> names) {
        Set<String> wanted = new LinkedHashSet<>();
        List<String> notes = new ArrayList<>();
        for (String name : names) {
            if (packages.isInstalled(name) && !packages.isOutdated(name)) {
                notes.add(name + " is already the newest version ("
                        + packages.installedVersion(name).orElseThrow() + ").");
                if (packages.isAutomatic(name)) {
                    notes.add(name + " set to manually installed.");
                }
            } else {
                wanted.add(name);
            }
        }
        List<PackageCandidate> install = packages.toInstall(wanted);
        Map<String, String> upgraded = new LinkedHashMap<>();
        install.forEach(o -> packages.installedVersion(o.name()).ifPresent(v -> upgraded.put(o.name(), v)));
        Map<String, String> removed = new LinkedHashMap<>();
        packages.inTheWayOf(install)
                .forEach(name ->
                        removed.put(name, packages.installedVersion(name).orElseThrow()));
        return new AptPlan(
                Set.copyOf(names),
                notes,
                install,
                upgraded,
                removed,
                false,
                packages.unneededWithout(removed.keySet()),
                packages.outdated());
    }

    /** @param unneededToo whether packages that nothing needs any more are removed, too: {@code autoremove} */
    static AptPlan remove(PackageDatabase packages, Collection<String> names, boolean purge, boolean unneededToo) {
        List<String> notes = new ArrayList<>();
        List<String> present = new ArrayList<>();
        for (String name : names) {
            if (packages.isInstalled(name)
                    || purge && packages.configurationLeft(name).isPresent()) {
                present.add(name);
            } else {
                notes.add("Package '" + name + "' is not installed, so not removed");
            }
        }
        List<String> gone = packages.toRemove(present);
        List<String> unneeded = packages.unneededWithout(gone);
        if (unneededToo) {
            gone = packages.toRemove(
                    Stream.concat(gone.stream(), unneeded.stream()).toList());
            unneeded = List.of();
        }
        Map<String, String> removed = new LinkedHashMap<>();
        gone.forEach(name -> removed.put(name, packages.installedVersion(name).orElseThrow()));
        present.forEach(name -> packages.configurationLeft(name).ifPresent(v -> removed.put(name, v)));
        return new AptPlan(
                Set.copyOf(names), notes, List.of(), Map.of(), removed, purge, unneeded, packages.outdated());
    }

    boolean changesNothing() {
        return install.isEmpty() && removed.isEmpty();
    }

    long bytes() {
        return install.stream().mapToLong(PackageCandidate::bytes).sum();
    }

    /** Prints everything up to the line of counts. */
    void print(ProgramCall call) throws IOException {
        for (String note : notes) {
            call.out().line(note);
        }
        if (!unneeded.isEmpty()) {
            list(
                    call,
                    unneeded.size() == 1
                            ? "The following package was automatically installed and is no longer required:"
                            : "The following packages were automatically installed and are no longer required:",
                    unneeded);
            String sudo = call.env().containsKey("SUDO_USER") ? "sudo " : "";
            call.out().line("Use '" + sudo + "apt autoremove' to remove " + (unneeded.size() == 1 ? "it." : "them."));
        }
        List<String> all = install.stream().map(PackageCandidate::name).toList();
        list(
                call,
                "The following additional packages will be installed:",
                all.stream().filter(n -> !named.contains(n)).toList());
        list(
                call,
                "The following packages will be REMOVED:",
                removed.keySet().stream().map(n -> purge ? n + "*" : n).toList());
        list(
                call,
                "The following NEW packages will be installed:",
                all.stream().filter(n -> !upgraded.containsKey(n)).toList());
        list(call, "The following packages will be upgraded:", upgraded.keySet());
        call.out()
                .line(upgraded.size() + " upgraded, " + (all.size() - upgraded.size()) + " newly installed, "
                        + removed.size() + " to remove and " + (outdated - upgraded.size()) + " not upgraded.");
    }

    private static void list(ProgramCall call, String title, Collection<String> names) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder(title);
        int used = 0;
        for (String name : new TreeSet<>(names)) {
            boolean fits = used > 0 && used + name.length() < COLUMNS;
            lines.append(fits ? " " : "\n  ").append(name);
            used = name.length() + (fits ? used + 1 : 0);
        }
        call.out().line(lines.toString());
    }

    /** Prints the steps as {@code apt-get -s} does. */
    void simulate(TextOutput out) throws IOException {
        for (Map.Entry<String, String> one : removed.entrySet()) {
            out.line((purge ? "Purg " : "Remv ") + one.getKey() + " [" + one.getValue() + "]");
        }
        for (PackageCandidate candidate : install) {
            String old = upgraded.containsKey(candidate.name()) ? "[" + upgraded.get(candidate.name()) + "] " : "";
            out.line("Inst " + candidate.name() + " " + old + candidate.inParentheses());
        }
        for (PackageCandidate candidate : install) {
            out.line("Conf " + candidate.name() + " " + candidate.inParentheses());
        }
    }

    /** Prints how much will be downloaded and used on the disk. @param packages as they are before */
    void printSizes(ProgramCall call, PackageDatabase packages) throws IOException {
        if (!install.isEmpty()) {
            call.out().line("Need to get " + size(bytes()) + "B of archives.");
        }
        long more = install.stream()
                .filter(o -> !upgraded.containsKey(o.name()))
                .mapToLong(PackageCandidate::kibibytes)
                .sum();
        long less = removed.keySet().stream()
                .filter(packages::isInstalled)
                .mapToLong(n -> packages.known(n).kibibytes())
                .sum();
        call.out()
                .line("After this operation, " + size(Math.abs(more - less) * 1024) + "B "
                        + (more >= less ? "of additional disk space will be used." : "disk space will be freed."));
    }

    /** A number of bytes in apt's notation. */
    private static String size(long bytes) {
        double number = bytes;
        for (String unit : List.of("", "k", "M", "G")) {
            if (number < 100 && !unit.isEmpty()) {
                return "%.1f %s".formatted(number, unit);
            }
            if (number < 10_000) {
                return "%.0f %s".formatted(number, unit);
            }
            number /= 1000;
        }
        return "%.0f T".formatted(number);
    }
}
