package io.keylesspull.practice.machine.program.apt;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.AptLock;
import io.keylesspull.practice.machine.state.LinuxRelease;
import io.keylesspull.practice.machine.state.MachineEnvironment;
import io.keylesspull.practice.machine.state.PackageCandidate;
import io.keylesspull.practice.machine.state.PackageDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** {@code apt-get}, {@code apt} and {@code apt-cache policy}. */
public final class AptGet {

    private static final int FAILED = 100;
    /** At any pace: somebody may be holding the lock on purpose. */
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(20);

    private static final Set<String> CHANGES = Set.of("install", "remove", "purge", "autoremove");
    private static final Predicate<String> SIMULATE = Pattern.compile(
                    "-[a-z]*s[a-z]*|--(simulate|dry-run|just-print|no-act|recon)")
            .asMatchPredicate();

    private AptGet() {}

    public static void addTo(Map<String, MachineProgram> programs) {
        programs.put("apt-get", AptGet::apt);
        programs.put("apt", AptGet::apt);
        programs.put("apt-cache", AptGet::policy);
    }

    private static int apt(ProgramCall call) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        Set<String> options = new LinkedHashSet<>();
        Duration lockTimeout = Duration.ZERO;
        for (int i = 0; i < call.args().size(); i++) {
            String arg = call.args().get(i);
            if (arg.equals("-o") && i + 1 < call.args().size()) {
                String setting = call.args().get(++i);
                if (setting.regionMatches(true, 0, "DPkg::Lock::Timeout=", 0, 20)) {
                    lockTimeout = Duration.ofSeconds(Long.parseLong(setting.substring(20)));
                } else if (setting.startsWith("Dpkg::Options::=")) {
                    options.add(setting.substring(setting.indexOf('=') + 1));
                }
            } else if (arg.startsWith("-")) {
                options.add(arg);
            } else {
                words.add(arg);
            }
        }
        List<String> conflict = MicrosoftRepository.conflict(call.machine().files());
        if (!conflict.isEmpty()) {
            call.err().line(String.join("\n", conflict));
            return FAILED;
        }
        if (words.isEmpty()) {
            return call.fail(1, "apt 2.8.3 (amd64)\nUsage: apt-get [options] command");
        }
        if (call.name().equals("apt")) {
            call.err().print("\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n");
        }
        String verb = words.remove(0);
        if (verb.equals("indextargets")) {
            return indexTargets(call);
        }
        boolean update = verb.equals("update");
        if (!update && !CHANGES.contains(verb)) {
            return call.fail(FAILED, "E: Invalid operation " + verb);
        }
        if (!update && options.stream().anyMatch(SIMULATE)) {
            return simulate(call, verb, words, options);
        }
        if (!call.user().isRoot()) {
            return call.fail(
                    FAILED,
                    update
                            ? "E: Could not open lock file " + AptLock.File.LISTS.path()
                                    + " - open (13: Permission denied)\n"
                                    + "E: Unable to lock directory /var/lib/apt/lists/"
                            : "E: Could not open lock file " + AptLock.File.FRONTEND.path() + " - open (13: Permission"
                                    + " denied)\nE: Unable to acquire the dpkg frontend lock ("
                                    + AptLock.File.FRONTEND.path()
                                    + "), are you root?");
        }
        AptLock.Holder self =
                AptLock.Holder.of(call.name(), call.machine().world().random());
        if (update) {
            return locked(call, AptLock.File.LISTS, Duration.ZERO, self, () -> update(call));
        }
        return locked(call, AptLock.File.FRONTEND, lockTimeout, self, () -> {
            if (call.machine().packages().interrupted()) {
                boolean german = call.machine().speaksGerman()
                        && !call.env().getOrDefault("LC_ALL", "").equals("C");
                return call.fail(
                        FAILED,
                        german
                                ? "E: Der dpkg-Prozess wurde unterbrochen; Sie müssen manuell"
                                        + " »sudo dpkg --configure -a« ausführen, um das Problem zu beheben."
                                : "E: dpkg was interrupted, you must manually run 'sudo dpkg --configure -a' to "
                                        + "correct the"
                                        + " problem. ");
            }
            return change(call, verb, words, options, self);
        });
    }

    /** Of the sources only Microsoft's are reported. */
    private static int indexTargets(ProgramCall call) throws IOException {
        int at = call.args().indexOf("--format");
        if (at < 0 || at + 1 == call.args().size() || !call.has("--no-release-info")) {
            return call.fail(FAILED, "E: practice machines list index targets with a format and no release info only");
        }
        for (String line : MicrosoftRepository.indexTargets(
                call.machine().files(), call.args().get(at + 1))) {
            call.out().line(line);
        }
        return 0;
    }

    /** What is done while a lock is held. */
    @FunctionalInterface
    private interface Work {
        int run() throws IOException, InterruptedException;
    }

    private static int locked(ProgramCall call, AptLock.File file, Duration timeout, AptLock.Holder self, Work work)
            throws IOException, InterruptedException {
        if (!take(call, self, timeout, file)) {
            return FAILED;
        }
        try {
            return work.run();
        } finally {
            call.machine().aptLock(file).release(self);
        }
    }

    private static boolean take(ProgramCall call, AptLock.Holder self, Duration timeout, AptLock.File file)
            throws IOException, InterruptedException {
        MachineEnvironment world = call.machine().world();
        Instant deadline = world.time().now().plus(timeout);
        while (true) {
            Optional<AptLock.Holder> other = call.machine().aptLock(file).take(self);
            if (other.isEmpty()) {
                return true;
            }
            String held = "Could not get lock " + file.path() + ". It is held by process "
                    + other.get().description();
            if (!world.time().now().isBefore(deadline)) {
                String after = file == AptLock.File.FRONTEND
                        ? "E: Unable to acquire the dpkg frontend lock (" + file.path()
                                + "), is another process using it?"
                        : "E: Unable to lock directory " + file.path().replaceFirst("lock$", "");
                // Who holds it was said while it waited.
                call.err().line(timeout.isZero() ? "E: " + held + "\n" + after : after);
                return false;
            }
            call.out().print("Waiting for cache lock: " + held + "...\r");
            Duration step = world.pace().of(Duration.ofSeconds(1));
            world.time().sleep(step.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : step);
        }
    }

    private static int update(ProgramCall call) throws IOException, InterruptedException {
        LinuxRelease release = call.machine().release();
        String mirror = release.mirror() + " " + release.codename();
        Fetching fetching = new Fetching(call);
        List<String> failed = new ArrayList<>();
        int number = 1;
        for (String pocket : List.of("", "-updates", "-backports", "-security")) {
            call.spend(Duration.ofMillis(400));
            String index = mirror + pocket + " InRelease";
            if (fetched(call, fetching, number, index, failed)) {
                call.out()
                        .line((number == 1 ? "Hit:" : "Get:") + number + " " + index
                                + (number == 1 ? "" : " [128 kB]"));
            }
            number++;
        }
        if (failed.isEmpty()) {
            call.machine().packages().updated();
        } else {
            call.machine().packages().notUpdated();
        }
        MicrosoftRepository.Finding microsoft =
                MicrosoftRepository.look(call.machine().files());
        if (microsoft.usable()) {
            String index = "https://packages.microsoft.com/repos/azure-cli " + microsoft.suite() + " InRelease";
            if (fetched(call, fetching, number, index, failed)) {
                call.out().line("Get:" + number++ + " " + index + " [3596 B]");
                call.spend(Duration.ofMillis(600));
                call.out()
                        .line("Get:" + number + " https://packages.microsoft.com/repos/azure-cli " + microsoft.suite()
                                + "/main amd64 Packages [2846 B]");
                call.machine().packages().microsoftListed(true);
            }
        } else {
            call.machine().packages().microsoftListed(false);
        }
        for (String line : microsoft.problem()) {
            call.err().line(line);
        }
        if (!microsoft.problem().isEmpty()) {
            call.out().line("Reading package lists...");
            return FAILED;
        }
        if (failed.isEmpty()) {
            call.out().line("Fetched 5,148 kB in 3s (1,910 kB/s)");
        }
        readLists(call);
        for (String warning : failed) {
            call.err().line(warning);
        }
        if (!failed.isEmpty()) {
            // A network that fails for a while is no error (apt-pkg/update.cc).
            call.err()
                    .line("W: Some index files failed to download. They have been ignored, or old ones used instead.");
        }
        return 0;
    }

    /**
     * Whether an index is had; prints why not.
     *
     * @param index as apt names it: address, suite, file
     * @param warnings gets what is printed at the end
     */
    private static boolean fetched(ProgramCall call, Fetching fetching, int number, String index, List<String> warnings)
            throws IOException, InterruptedException {
        String[] parts = index.split(" ");
        String address = parts[0] + "/dists/" + parts[1] + "/" + parts[2];
        Optional<String> failure = fetching.failure(address);
        if (failure.isPresent()) {
            call.out().lines("Ign:" + number + " " + index, "Err:" + number + " " + index, "  " + failure.get());
            warnings.add("W: Failed to fetch " + address + "  " + failure.get());
        }
        return failure.isEmpty();
    }

    private static void readLists(ProgramCall call) throws IOException, InterruptedException {
        for (int percent : new int[] {0, 37, 82, 100}) {
            call.out().print("\rReading package lists... " + percent + "%");
            call.spend(Duration.ofMillis(150));
        }
        call.out().print("\rReading package lists... Done\n");
    }

    /** Changes nothing and takes no lock, so that every user may do it. */
    private static int simulate(ProgramCall call, String verb, List<String> names, Set<String> options)
            throws IOException {
        if (!call.user().isRoot()) {
            call.out()
                    .lines(
                            "NOTE: This is only a simulation!",
                            "      apt-get needs root privileges for real execution.",
                            "      Keep also in mind that locking is deactivated,",
                            "      so don't depend on the relevance to the real current situation!");
        }
        call.out().lines("Reading package lists...", "Building dependency tree...", "Reading state information...");
        if (unknown(call, names)) {
            return FAILED;
        }
        AptPlan plan = plan(call, verb, names, options);
        plan.print(call);
        plan.simulate(call.out());
        return 0;
    }

    private static boolean unknown(ProgramCall call, List<String> names) throws IOException {
        List<String> unknown = names.stream()
                .filter(n -> !call.machine().packages().isKnown(n))
                .toList();
        for (String name : unknown) {
            call.err().line("E: Unable to locate package " + name);
        }
        return !unknown.isEmpty();
    }

    private static AptPlan plan(ProgramCall call, String verb, List<String> names, Set<String> options) {
        PackageDatabase packages = call.machine().packages();
        return verb.equals("install")
                ? AptPlan.install(packages, names)
                : AptPlan.remove(
                        packages,
                        names,
                        verb.equals("purge") || options.contains("--purge"),
                        verb.equals("autoremove")
                                || options.contains("--autoremove")
                                || options.contains("--auto-remove"));
    }

    private static int change(
            ProgramCall call, String verb, List<String> names, Set<String> options, AptLock.Holder self)
            throws IOException, InterruptedException {
        PackageDatabase packages = call.machine().packages();
        readLists(call);
        call.out().lines("Building dependency tree... Done", "Reading state information... Done");
        if (unknown(call, names)) {
            return FAILED;
        }
        AptPlan plan = plan(call, verb, names, options);
        plan.print(call);
        if (plan.changesNothing()) {
            markManual(packages, verb, names);
            return 0;
        }
        plan.printSizes(call, packages);
        if (options.stream().noneMatch(o -> o.matches("--yes|--assume-yes|-[a-z]*y[a-z]*|-qq"))) {
            call.out().print("Do you want to continue? [Y/n] ");
            if (call.in().read() != 'y') {
                call.out().line("Abort.");
                return 1;
            }
        }
        if (call.machine().diskFull() && plan.bytes() > 0) {
            return call.fail(FAILED, "E: You don't have enough free space in /var/cache/apt/archives/.");
        }
        return locked(call, AptLock.File.ARCHIVES, Duration.ZERO, self, () -> {
            markManual(packages, verb, names);
            AptRemoval.run(call, plan);
            return unpack(call, plan, options);
        });
    }

    private static void markManual(PackageDatabase packages, String verb, List<String> names) {
        if (verb.equals("install")) {
            names.forEach(name -> packages.markManual(name));
        }
    }

    private static int unpack(ProgramCall call, AptPlan plan, Set<String> options)
            throws IOException, InterruptedException {
        List<String> wanted =
                plan.install().stream().map(PackageCandidate::name).toList();
        if (wanted.isEmpty()) {
            return 0;
        }
        LinuxRelease release = call.machine().release();
        PackageDatabase packages = call.machine().packages();
        boolean big = wanted.contains(PackageDatabase.AZURE_CLI);
        Duration share =
                Duration.ofMillis((big ? 35_000 : wanted.contains("docker.io") ? 12_000 : 2_000) / wanted.size() / 3);
        int number = 1;
        Fetching fetching = new Fetching(call);
        List<String> failed = new ArrayList<>();
        for (String name : wanted) {
            boolean microsoft = name.equals(PackageDatabase.AZURE_CLI);
            String server = microsoft ? "https://packages.microsoft.com/repos/azure-cli" : release.mirror();
            String version = packages.candidate(name).orElse("1.0-1");
            String line = number++ + " " + server + " "
                    + (microsoft ? release.azureCliSuite() + "/main" : release.codename() + "/universe") + " amd64 "
                    + name + " amd64 " + version;
            String file = server + "/pool/" + (microsoft ? "main/a/" : "universe/" + name.charAt(0) + "/") + name + "/"
                    + name + "_" + version + "_amd64.deb";
            Optional<String> failure = fetching.failure(file);
            if (failure.isPresent()) {
                call.out().lines("Err:" + line, "  " + failure.get());
                failed.add("E: Failed to fetch " + file + "  " + failure.get());
            } else {
                call.out().line("Get:" + line);
                call.spend(share);
            }
        }
        if (!failed.isEmpty()) {
            failed.add("E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?");
            return call.fail(FAILED, String.join("\n", failed));
        }
        if (!Dpkg.install(call, plan, share, options)) {
            return call.fail(FAILED, "E: Sub-process /usr/bin/dpkg returned an error code (1)");
        }
        if (!release.isDebian()) {
            call.out().line("\u001B[1;32mNo services need to be restarted.\u001B[0m");
        }
        return 0;
    }

    private static int policy(ProgramCall call) throws IOException {
        if (call.args().size() != 2 || !call.args().get(0).equals("policy")) {
            return call.fail(FAILED, "E: Invalid operation " + String.join(" ", call.args()));
        }
        String name = call.args().get(1);
        PackageDatabase packages = call.machine().packages();
        if (packages.candidate(name).isEmpty() && !packages.isInstalled(name)) {
            return call.fail(0, "N: Unable to locate package " + name);
        }
        call.out()
                .lines(
                        name + ":",
                        "  Installed: " + packages.installedVersion(name).orElse("(none)"),
                        "  Candidate: " + packages.candidate(name).orElse("(none)"));
        return 0;
    }
}
