package io.keylesspull.practice.machine.state;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The packages that are installed on one machine, and those that its package lists offer. */
public final class PackageDatabase {

    public static final String AZURE_CLI = "azure-cli";
    /** Upgradable packages of the image that have no entry here. */
    private static final int OTHERS_OUTDATED = 14;

    /** @param automatic whether it was installed only as a dependency */
    private record Installed(String version, boolean automatic) {}

    private final LinuxRelease release;
    private final Map<String, PackageCandidate> candidates;
    private final Map<String, Installed> installed = new TreeMap<>();
    private final Map<String, String> configurations = new TreeMap<>();
    /** With whether each is only a dependency. */
    private final Map<String, Boolean> unpacked = new LinkedHashMap<>();

    private String azureCliVersion = "2.79.0";
    private boolean microsoftListed;
    private boolean updated;
    private boolean withoutLists;
    private boolean interrupted;
    private final Set<String> editedConfigurations = new TreeSet<>();

    PackageDatabase(LinuxRelease release) {
        this.release = release;
        this.candidates = PackageCandidate.of(release);
        for (String name : release.preinstalled()) {
            addWithDependencies(name, false);
        }
    }

    private void addWithDependencies(String name, boolean automatic) {
        boolean first = !isInstalled(name);
        if (first || !automatic) {
            installed.put(name, new Installed(known(name).version(), automatic));
        }
        if (first) {
            known(name).depends().forEach(n -> addWithDependencies(n, true));
        }
    }

    /** Sets the version of {@code azure-cli} that is installed from now on. */
    public synchronized void azureCliVersion(String version) {
        azureCliVersion = version;
    }

    /** Without the package's revision, such as {@code 2.79.0}; empty if it is not installed. */
    public synchronized Optional<String> azureCliInstalled() {
        return installedVersion(AZURE_CLI).map(v -> v.replaceFirst("-1~.*", ""));
    }

    public synchronized boolean isInstalled(String name) {
        return installed.containsKey(name);
    }

    /** The names of those that are installed. */
    public synchronized List<String> installed() {
        return List.copyOf(installed.keySet());
    }

    /** Whether its files exist: it is installed, or only unpacked. */
    public synchronized boolean isPresent(String name) {
        return installed.containsKey(name) || unpacked.containsKey(name);
    }

    /** Unpacks it without setting it up. @param automatic false if it was requested by name */
    public synchronized void unpack(String name, boolean automatic) {
        unpacked.put(name, automatic);
    }

    /** The packages that are unpacked and not set up, in that order. */
    public synchronized List<String> unpacked() {
        return List.copyOf(unpacked.keySet());
    }

    /** Somebody edits a configuration file of a package, be it one that was removed and has left it. */
    public synchronized void editConfiguration(String name) {
        editedConfigurations.add(name);
    }

    /** Whether dpkg asks which configuration file to keep when it sets the package up. */
    public synchronized boolean isConfigurationEdited(String name) {
        return editedConfigurations.contains(name);
    }

    /** Whether dpkg was cut off in its work, and has to finish it before anything else. */
    public synchronized boolean interrupted() {
        return interrupted;
    }

    public synchronized void interrupted(boolean now) {
        interrupted = now;
    }

    public synchronized Optional<String> installedVersion(String name) {
        return Optional.ofNullable(installed.get(name)).map(Installed::version);
    }

    public synchronized boolean isAutomatic(String name) {
        Installed found = installed.get(name);
        return found != null && found.automatic();
    }

    /** The version whose configuration is left of a removed package; empty if there is none. */
    public synchronized Optional<String> configurationLeft(String name) {
        return isInstalled(name) ? Optional.empty() : Optional.ofNullable(configurations.get(name));
    }

    /** The candidate in the package lists of the last {@code apt-get update}. */
    synchronized Optional<PackageCandidate> listed(String name) {
        return withoutLists || name.equals(AZURE_CLI) && !microsoftListed
                ? Optional.empty()
                : Optional.of(known(name)).filter(o -> o.name().equals(AZURE_CLI) || candidates.containsKey(name));
    }

    /** A package's data, whether or not the lists offer it now. */
    public synchronized PackageCandidate known(String name) {
        if (name.equals(AZURE_CLI)) {
            return new PackageCandidate(
                    name,
                    azureCliVersion + "-1~" + release.azureCliSuite(),
                    "azure-cli " + release.azureCliSuite() + ":" + release.azureCliSuite(),
                    "amd64",
                    57_600_000,
                    620_000,
                    List.of(),
                    List.of(),
                    true);
        }
        return candidates.getOrDefault(
                name,
                PackageCandidate.FROM_DOCKER.getOrDefault(
                        name, new PackageCandidate(name, "1.0-1", "", "amd64", 0, 0, List.of(), List.of(), false)));
    }

    public synchronized Optional<String> candidate(String name) {
        return listed(name).map(PackageCandidate::version);
    }

    /** Whether dpkg or apt knows the name. */
    public synchronized boolean isKnown(String name) {
        return isInstalled(name)
                || configurations.containsKey(name)
                || listed(name).isPresent();
    }

    /** Whether the package lists offer a newer version than the installed one. */
    public synchronized boolean isOutdated(String name) {
        return candidate(name)
                .filter(v -> name.equals(AZURE_CLI)
                        && !v.equals(installedVersion(name).orElse(v)))
                .isPresent();
    }

    public synchronized int outdated() {
        return OTHERS_OUTDATED + (isOutdated(AZURE_CLI) ? 1 : 0);
    }

    /** The package lists of the distribution have been read. */
    public synchronized void updated() {
        updated = true;
        withoutLists = false;
    }

    /** The package lists cannot be had: images come without any, and the machine has those that it got before. */
    public synchronized void notUpdated() {
        withoutLists = !updated;
    }

    public synchronized void microsoftListed(boolean listed) {
        microsoftListed = listed;
    }

    /** These packages and their missing dependencies, in the order in which apt unpacks. */
    public synchronized List<PackageCandidate> toInstall(Collection<String> names) {
        Set<String> wanted = new LinkedHashSet<>();
        Deque<String> ahead = new ArrayDeque<>(names);
        while (!ahead.isEmpty()) {
            String name = ahead.poll();
            if (wanted.add(name)) {
                PackageCandidate candidate = known(name);
                Stream.concat(candidate.depends().stream(), candidate.recommends().stream())
                        .filter(n -> !isInstalled(n))
                        .forEach(ahead::add);
            }
        }
        return Stream.concat(
                        candidates.keySet().stream().filter(wanted::contains),
                        wanted.stream().filter(n -> !candidates.containsKey(n)))
                .map(this::known)
                .toList();
    }

    /** What cannot be beside these and has to go, with all that needs it. */
    public synchronized List<String> inTheWayOf(Collection<PackageCandidate> install) {
        return toRemove(install.stream()
                .flatMap(one -> one.conflicts().stream())
                .filter(this::isInstalled)
                .toList());
    }

    /** These and every installed package that cannot be without them: those that depend on others come first. */
    public synchronized List<String> toRemove(Collection<String> names) {
        LinkedHashSet<String> gone = new LinkedHashSet<>();
        names.stream().filter(this::isInstalled).forEach(name -> addWithDependants(name, gone));
        return List.copyOf(gone);
    }

    private void addWithDependants(String name, Set<String> gone) {
        if (gone.contains(name)) {
            return;
        }
        for (String other : installed.keySet()) {
            if (known(other).depends().contains(name) && !other.equals(name)) {
                addWithDependants(other, gone);
            }
        }
        gone.add(name);
    }

    /** Which packages nothing needs any more once those are removed: what {@code autoremove} removes. */
    public synchronized List<String> unneededWithout(Collection<String> removed) {
        Set<String> needed = new LinkedHashSet<>();
        Deque<String> ahead = new ArrayDeque<>(installed.entrySet().stream()
                .filter(each -> !each.getValue().automatic() && !removed.contains(each.getKey()))
                .map(Map.Entry::getKey)
                .toList());
        while (!ahead.isEmpty()) {
            String name = ahead.poll();
            if (isInstalled(name) && !removed.contains(name) && needed.add(name)) {
                ahead.addAll(known(name).depends());
                ahead.addAll(known(name).recommends());
            }
        }
        return installed.keySet().stream()
                .filter(n -> !needed.contains(n) && !removed.contains(n))
                .toList();
    }

    /** Whether dpkg's records mention it although it is not installed. */
    public synchronized boolean isMentioned(String name) {
        Set<String> recorded = new TreeSet<>(installed.keySet());
        recorded.addAll(configurations.keySet());
        return recorded.stream()
                .map(this::known)
                .anyMatch(o -> o.depends().contains(name) || o.recommends().contains(name));
    }

    /** Installs or upgrades it; its dependencies are marked as automatic. */
    synchronized void install(String name) {
        boolean automatic = Optional.ofNullable(unpacked.remove(name)).orElseGet(() -> isAutomatic(name));
        toInstall(List.of(name)).stream()
                .filter(o -> !isInstalled(o.name()) && !o.name().equals(name))
                .forEach(o -> installed.put(o.name(), new Installed(o.version(), true)));
        installed.put(name, new Installed(known(name).version(), automatic));
        configurations.remove(name);
    }

    /** Marks it as requested by name, so that it is never removed as unneeded. */
    public synchronized void markManual(String name) {
        installed.computeIfPresent(name, (n, old) -> new Installed(old.version(), false));
    }

    synchronized void remove(String name) {
        Installed old = installed.remove(name);
        if (old != null && known(name).leavesConfiguration()) {
            configurations.put(name, old.version());
        }
    }

    public synchronized void inventory(Consumer<String> line) {
        installed.forEach((name, is) ->
                line.accept("package " + name + " " + is.version() + (is.automatic() ? " automatic" : "")));
        configurations.forEach((name, version) -> line.accept("configuration of " + name + " " + version));
        unpacked.keySet().forEach(name -> line.accept("unpacked " + name));
        if (interrupted) {
            line.accept("dpkg was interrupted");
        }
    }

    synchronized void purge(String name) {
        installed.remove(name);
        configurations.remove(name);
    }
}
