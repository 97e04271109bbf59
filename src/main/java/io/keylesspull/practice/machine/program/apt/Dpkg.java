package io.keylesspull.practice.machine.program.apt;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.AptLock;
import io.keylesspull.practice.machine.state.PackageCandidate;
import io.keylesspull.practice.machine.state.PackageDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code dpkg}: unpacks packages and sets them up. After an interruption it has to finish before anything else is
 * installed, as the real one does.
 */
public final class Dpkg {

    private static final int FAILED = 2;
    /** Each makes dpkg keep the edited file without a question. */
    private static final Set<String> KEEP_CONFIGURATION = Set.of("--force-confdef", "--force-confold");

    private static final Duration SET_UP = Duration.ofSeconds(1);

    private Dpkg() {}

    public static void addTo(Map<String, MachineProgram> programs) {
        programs.put("dpkg", Dpkg::dpkg);
        programs.put("dpkg-query", DpkgQuery::run);
    }

    /**
     * What apt has dpkg do; which packages come for others only, apt writes down before.
     *
     * @param share how long each package takes in Azure to be unpacked, and to be set up
     * @param options among them those for dpkg
     * @return whether all are set up
     */
    static boolean install(ProgramCall call, AptPlan plan, Duration share, Set<String> options)
            throws IOException, InterruptedException {
        PackageDatabase packages = call.machine().packages();
        List<String> names = plan.install().stream().map(PackageCandidate::name).toList();
        packages.interrupted(true);
        for (String name : names) {
            if (!plan.upgraded().containsKey(name)) {
                call.out().line("Selecting previously unselected package " + name + ".");
            }
            for (int percent = 5; percent <= 100; percent += 45) {
                call.out().print("\r(Reading database ... " + percent + "%");
            }
            call.out().print("\r(Reading database ... 65083 files and directories currently installed.)\n");
            call.out().line("Unpacking " + name + " (" + version(packages, name) + ") ...");
            call.spend(share);
            packages.unpack(
                    name,
                    plan.upgraded().containsKey(name)
                            ? packages.isAutomatic(name)
                            : !plan.named().contains(name));
        }
        boolean all = setUp(call, names, share, options);
        packages.interrupted(false);
        return all;
    }

    private static boolean setUp(ProgramCall call, List<String> names, Duration takes, Set<String> options)
            throws IOException, InterruptedException {
        List<String> failed = new ArrayList<>();
        for (String name : names) {
            if (!setUp(call, name, takes, options)) {
                failed.add(name);
            }
        }
        if (!failed.isEmpty()) {
            call.err().line("Errors were encountered while processing:\n " + String.join("\n ", failed));
        }
        return failed.isEmpty();
    }

    /** @return false where dpkg asks something and nobody answers; worded as dpkg 1.21.22 does */
    private static boolean setUp(ProgramCall call, String name, Duration takes, Set<String> options)
            throws IOException, InterruptedException {
        call.out().line("Setting up " + name + " (" + version(call.machine().packages(), name) + ") ...");
        call.spend(takes);
        if (call.machine().packages().isConfigurationEdited(name)) {
            call.out()
                    .lines(
                            "",
                            "Configuration file '/etc/default/" + name + "'",
                            " ==> Modified (by you or by a script) since installation.",
                            " ==> Package distributor has shipped an updated version.");
            if (Collections.disjoint(options, KEEP_CONFIGURATION)) {
                call.out()
                        .lines(
                                "   What would you like to do about it ?  Your options are:",
                                "    Y or I  : install the package maintainer's version",
                                "    N or O  : keep your currently-installed version",
                                "      D     : show the differences between the versions",
                                "      Z     : start a shell to examine the situation",
                                " The default action is to keep your current version.");
                call.out().print("*** " + name + " (Y/I/N/O/D/Z) [default=N] ? ");
                call.err()
                        .line("dpkg: error processing package " + name + " (--configure):\n"
                                + " end of file on stdin at conffile prompt");
                return false;
            }
            call.out().line(" ==> Keeping old config file as default.");
        }
        call.machine().installed(name);
        if (name.equals("docker.io")) {
            call.out()
                    .line("Created symlink /etc/systemd/system/multi-user.target.wants/docker.service"
                            + " → /usr/lib/systemd/system/docker.service.");
        }
        return true;
    }

    private static String version(PackageDatabase packages, String name) {
        return packages.candidate(name).orElse("1.0-1");
    }

    private static int dpkg(ProgramCall call) throws IOException, InterruptedException {
        if (call.has("--print-architecture")) {
            call.out().line("amd64");
            return 0;
        }
        if (call.has("--configure") && (call.has("-a") || call.has("--pending"))) {
            return configure(call);
        }
        if (call.has("-s") || call.has("--status")) {
            return DpkgQuery.run(call);
        }
        return call.fail(FAILED, "dpkg: error: need an action option");
    }

    /** {@code dpkg --configure -a}: does not wait for the lock, unlike apt. */
    private static int configure(ProgramCall call) throws IOException, InterruptedException {
        if (!call.user().isRoot()) {
            return call.fail(FAILED, "dpkg: error: requested operation requires superuser privilege");
        }
        AptLock.Holder self =
                AptLock.Holder.of(call.name(), call.machine().world().random());
        Optional<AptLock.Holder> other =
                call.machine().aptLock(AptLock.File.FRONTEND).take(self);
        if (other.isPresent()) {
            return call.fail(
                    FAILED,
                    "dpkg: error: dpkg frontend lock was locked by another process with pid "
                            + other.get().processId()
                            + "\nNote: removing the lock file is always wrong, can damage the locked "
                            + "area\nand the entire system. See <https://wiki.debian.org/Teams/Dpkg/FAQ#db-lock>.");
        }
        try {
            boolean all = setUp(call, call.machine().packages().unpacked(), SET_UP, Set.copyOf(call.args()));
            call.machine().packages().interrupted(false);
            return all ? 0 : 1;
        } finally {
            call.machine().aptLock(AptLock.File.FRONTEND).release(self);
        }
    }
}
