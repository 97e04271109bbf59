package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.service.UnitFile;
import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.DockerEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code systemctl} for services that have a file ({@link ServiceCommands}), and for those that packages bring:
 * {@code docker.service}, the {@code docker.socket} that starts it on demand, and {@code ssh.service}. Worded as
 * systemd 249 (Ubuntu 22.04), 252 (Debian 12) and 255 (Ubuntu 24.04) do.
 */
final class Systemctl implements MachineProgram {

    private static final String SERVICE = "docker.service";
    private static final String SOCKET = "docker.socket";
    private static final Set<String> CHANGES = Set.of("start", "stop", "restart", "enable", "disable");
    private static final int INACTIVE = 3;
    private static final int NO_SUCH_UNIT = 5;
    private static final int NO_SUCH_STATUS = 4;

    @Override
    public int run(ProgramCall call) throws IOException, InterruptedException {
        List<String> plain =
                call.args().stream().filter(a -> !a.startsWith("-")).toList();
        if (plain.isEmpty()) {
            return call.fail(1, "Too few arguments.");
        }
        String verb = plain.get(0);
        Optional<UnitFile> own =
                plain.size() < 2 ? Optional.empty() : UnitFile.find(call.machine(), plain.get(plain.size() - 1));
        if (own.isPresent()) {
            return new ServiceCommands(call, own.get()).run(verb);
        }
        List<String> units = plain.subList(1, plain.size()).stream()
                .map(u -> u.matches(".*\\.(service|socket)") ? u : u + ".service")
                .toList();
        if (units.isEmpty() && !verb.equals("daemon-reload")) {
            return call.fail(1, "Too few arguments.");
        }
        return switch (verb) {
            case "status" -> call.fail(NO_SUCH_STATUS, "Unit " + units.get(0) + " could not be found.");
            case "is-active" -> isActive(call, units);
            case "is-enabled" -> isEnabled(call, units);
            case "daemon-reload" -> 0;
            default ->
                CHANGES.contains(verb) ? change(call, verb, units) : call.fail(1, "Unknown command verb " + verb + ".");
        };
    }

    private static boolean exists(ProgramCall call, String unit) {
        return unit.equals("ssh.service")
                || isDocker(unit)
                        && (call.machine().packages().isPresent("docker.io")
                                || call.machine().packages().isPresent("docker-ce"));
    }

    private static boolean isDocker(String unit) {
        return unit.equals(SERVICE) || unit.equals(SOCKET);
    }

    private static int isActive(ProgramCall call, List<String> units) throws IOException {
        DockerEngine docker = call.machine().docker();
        int status = INACTIVE;
        for (String unit : units) {
            boolean active = exists(call, unit)
                    && (unit.equals(SERVICE) ? docker.running() : !unit.equals(SOCKET) || docker.socketOpen());
            call.out().line(active ? "active" : "inactive");
            status = active ? 0 : status;
        }
        return status;
    }

    private static int isEnabled(ProgramCall call, List<String> units) throws IOException {
        DockerEngine docker = call.machine().docker();
        int status = 1;
        for (String unit : units) {
            if (!exists(call, unit)) {
                call.err().line("Failed to get unit file state for " + unit + ": No such file or directory");
                continue;
            }
            if (isDocker(unit) && docker.masked()) {
                call.out().line("masked");
                continue;
            }
            boolean enabled = unit.equals(SERVICE) ? docker.enabled() : !unit.equals(SOCKET) || docker.socketEnabled();
            call.out().line(enabled ? "enabled" : "disabled");
            status = enabled ? 0 : status;
        }
        return status;
    }

    private static int change(ProgramCall call, String verb, List<String> units)
            throws IOException, InterruptedException {
        boolean files = verb.equals("enable") || verb.equals("disable");
        for (String unit : units) {
            if (!exists(call, unit)) {
                return files
                        ? call.fail(1, "Failed to " + verb + " unit: Unit file " + unit + " does not exist.")
                        : call.fail(NO_SUCH_UNIT, "Failed to " + verb + " " + unit + ": Unit " + unit + " not found.");
            }
        }
        if (!call.user().isRoot()) {
            return call.fail(
                    1,
                    "Failed to " + verb + " " + (files ? "unit" : units.get(0))
                            + ": Interactive authentication required.");
        }
        List<String> ours = units.stream().filter(Systemctl::isDocker).toList();
        if (!ours.isEmpty() && call.machine().docker().masked() && (verb.equals("start") || verb.equals("enable"))) {
            return call.fail(
                    1,
                    "Failed to " + verb
                            + (files
                                    ? " unit: Unit file " + ours.get(0) + " is masked."
                                    : " " + ours.get(0) + ": Unit " + ours.get(0) + " is masked."));
        }
        call.spend(Duration.ofSeconds(1));
        if (files) {
            for (String unit : ours) {
                enable(call, unit, verb.equals("enable"));
            }
        }
        if (!files || call.has("--now")) {
            run(call, files ? verb.equals("enable") ? "start" : "stop" : verb, ours);
        }
        return 0;
    }

    private static void enable(ProgramCall call, String unit, boolean now) throws IOException {
        DockerEngine docker = call.machine().docker();
        boolean service = unit.equals(SERVICE);
        boolean before = service ? docker.enabled() : docker.socketEnabled();
        if (service && call.machine().release().isDebian()) {
            // Debian's package still has an init script, and systemctl keeps the two in step.
            String verb = now ? "enable" : "disable";
            call.err()
                    .lines(
                            "Synchronizing state of docker.service with SysV service script with "
                                    + "/lib/systemd/systemd-sysv-install.",
                            "Executing: /lib/systemd/systemd-sysv-install " + verb + " docker");
        }
        String link = "/etc/systemd/system/" + (service ? "multi-user" : "sockets") + ".target.wants/" + unit;
        boolean jammy = call.machine().release().codename().equals("jammy");
        boolean noble = call.machine().release().isRecent();
        if (now && !before) {
            call.err()
                    .line("Created symlink " + link + " → " + (noble ? "/usr" : "") + "/lib/systemd/system/" + unit
                            + ".");
        } else if (!now && before) {
            call.err().line(jammy ? "Removed " + link + "." : "Removed \"" + link + "\".");
        }
        if (service) {
            docker.enabled(now);
        } else {
            docker.socketEnabled(now);
        }
        if (service && !now && noble && docker.socketOpen()) {
            call.err().lines("Disabling 'docker.service', but its triggering units are still active:", SOCKET);
        }
    }

    private static void run(ProgramCall call, String verb, List<String> units) throws IOException {
        DockerEngine docker = call.machine().docker();
        for (String unit : units) {
            if (!verb.equals("stop")) {
                if (unit.equals(SERVICE)) {
                    docker.start();
                } else {
                    docker.openSocket();
                }
            } else if (unit.equals(SERVICE)) {
                docker.stop();
            } else {
                docker.closeSocket();
            }
        }
        // The socket still listens: the next client of docker would start the daemon again.
        if (verb.equals("stop") && units.contains(SERVICE) && docker.socketOpen()) {
            if (call.machine().release().isRecent()) {
                call.err().lines("Stopping 'docker.service', but its triggering units are still active:", SOCKET);
            } else {
                call.err().lines("Warning: Stopping docker.service, but it can still be activated by:", "  " + SOCKET);
            }
        }
    }
}
