package io.keylesspull.practice.machine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is installed on one machine, and what its package lists offer. */
final class Packages {

    static final String AZURE_CLI = "azure-cli";

    private final Release release;
    private final Map<String, String> installed = new TreeMap<>();
    private final Set<String> unpacked = new LinkedHashSet<>();
    private final Map<String, List<String>> dependencies = new LinkedHashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private String azureCliVersion = "2.79.0";
    private boolean microsoftListed;
    private boolean interrupted;

    Packages(Release release) {
        this.release = release;
        versions.put("docker.io", release.dockerPackage());
        versions.put("ca-certificates", release.isDebian() ? "20230311" : "20240203");
        versions.put("curl", release.isDebian() ? "7.88.1-10+deb12u12" : "8.5.0-2ubuntu10.6");
        versions.put("apt-transport-https", release.isDebian() ? "2.6.1" : "2.7.14build2");
        versions.put("lsb-release", "12.0-2");
        versions.put("gnupg", release.isDebian() ? "2.2.40-1.1" : "2.4.4-2ubuntu17.3");
        versions.put("gpg", versions.get("gnupg"));
        versions.put("containerd", "1.7.28-0ubuntu1");
        versions.put("runc", "1.3.3-0ubuntu1");
        versions.put("bridge-utils", "1.7.1-1ubuntu2");
        versions.put("dns-root-data", "2024071801");
        versions.put("dnsmasq-base", "2.90-2ubuntu0.1");
        versions.put("pigz", "2.8-1");
        versions.put("ubuntu-fan", "0.12.16");
        versions.put("jq", "1.7.1-3");
        versions.put("git", "1:2.43.0-1");
        versions.put("unzip", "6.0-28");
        dependencies.put("docker.io", release.isDebian()
                ? List.of("containerd", "runc", "pigz")
                : List.of("bridge-utils", "containerd", "dns-root-data", "dnsmasq-base", "pigz", "runc", "ubuntu-fan"));
        dependencies.put("gnupg", List.of("gpg"));
        release.preinstalled().forEach(p -> installed.put(p, versions.getOrDefault(p, "1.0-1")));
    }

    /** The version that an {@code azure-cli} package installed from now on has. */
    synchronized void azureCliVersion(String version) {
        azureCliVersion = version;
    }

    /** Without the packaging's own suffix, such as {@code 2.79.0}; empty where it is not installed. */
    synchronized Optional<String> azureCliInstalled() {
        return Optional.ofNullable(installed.get(AZURE_CLI)).map(v -> v.replaceFirst("-1~.*", ""));
    }

    synchronized boolean isInstalled(String name) {
        return installed.containsKey(name);
    }

    /** Whether its files are there, be it installed or only unpacked. */
    synchronized boolean isPresent(String name) {
        return installed.containsKey(name) || unpacked.contains(name);
    }

    /** Its files are there now; it is not set up yet. */
    synchronized void unpack(String name) {
        unpacked.add(name);
    }

    /** What is unpacked and not set up, in that order. */
    synchronized List<String> unpacked() {
        return List.copyOf(unpacked);
    }

    /** Whether dpkg was cut off in its work, and has to finish it before anything else. */
    synchronized boolean interrupted() {
        return interrupted;
    }

    synchronized void interrupted(boolean now) {
        interrupted = now;
    }

    synchronized Optional<String> installedVersion(String name) {
        return Optional.ofNullable(installed.get(name));
    }

    /** What the package lists of the last {@code apt-get update} offer. */
    synchronized Optional<String> candidate(String name) {
        if (name.equals(AZURE_CLI)) {
            return microsoftListed ? Optional.of(azureCliVersion + "-1~" + release.codename()) : Optional.empty();
        }
        return Optional.ofNullable(versions.get(name));
    }

    /** Whether the package lists offer another version than the one that is installed: the newer one. */
    synchronized boolean isOutdated(String name) {
        return candidate(name).filter(v -> name.equals(AZURE_CLI) && !v.equals(installed.get(name))).isPresent();
    }

    synchronized void microsoftListed(boolean listed) {
        microsoftListed = listed;
    }

    synchronized List<String> missingDependencies(String name) {
        return dependencies.getOrDefault(name, List.of()).stream().filter(d -> !installed.containsKey(d)).toList();
    }

    synchronized void install(String name) {
        unpacked.remove(name);
        dependencies.getOrDefault(name, List.of()).forEach(d -> installed.putIfAbsent(d, versions.get(d)));
        installed.put(name, name.equals(AZURE_CLI) ? azureCliVersion + "-1~" + release.codename()
                : versions.getOrDefault(name, "1.0-1"));
    }
}
