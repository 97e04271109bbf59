package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.service.ServiceRunner;
import io.keylesspull.practice.machine.service.UnitFile;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.ServiceState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code systemctl} for one service that somebody has written a file for. Worded as systemd 255 does. */
final class ServiceCommands {

    private static final int INACTIVE = 3;
    private static final int LINES_OF_STATUS = 10;
    private static final Set<String> CHANGES = Set.of("start", "stop", "restart", "enable", "disable", "reset-failed");

    private final ProgramCall call;
    private final UnitFile unit;
    private final ServiceState state;

    ServiceCommands(ProgramCall call, UnitFile unit) {
        this.call = call;
        this.unit = unit;
        this.state = call.machine().service(unit.name());
    }

    int run(String verb) throws IOException, InterruptedException {
        return switch (verb) {
            case "is-active" -> say(state.active(), state.active().equals("active") ? 0 : INACTIVE);
            case "is-failed" -> say(state.active(), state.active().equals("failed") ? 0 : 1);
            case "is-enabled" -> say(enabled(), state.enabled() ? 0 : 1);
            case "show" -> show();
            case "status" -> status();
            default -> CHANGES.contains(verb) ? change(verb) : call.fail(1, "Unknown command verb " + verb + ".");
        };
    }

    private int say(String what, int exit) throws IOException {
        call.out().line(what);
        return exit;
    }

    private String enabled() {
        return state.enabled() ? "enabled" : unit.isInstallable() ? "disabled" : "static";
    }

    private int change(String verb) throws IOException, InterruptedException {
        if (!call.user().isRoot()) {
            return call.fail(1, "Failed to " + verb + " " + unit.name() + ": Interactive authentication required.");
        }
        switch (verb) {
            case "enable" -> enable(true);
            case "disable" -> enable(false);
            case "reset-failed" -> {
                if (state.active().equals("failed")) {
                    state.become("inactive", "dead");
                }
            }
            default -> {}
        }
        if (verb.equals("stop") || verb.equals("restart") || verb.equals("disable") && call.has("--now")) {
            state.interrupt();
            state.await();
            state.become("inactive", "dead");
        }
        boolean starts = verb.equals("start") || verb.equals("restart") || verb.equals("enable") && call.has("--now");
        return starts ? start() : 0;
    }

    private void enable(boolean now) throws IOException {
        String link = "/etc/systemd/system/multi-user.target.wants/" + unit.name();
        if (now && !state.enabled()) {
            call.err().line("Created symlink " + link + " → /etc/systemd/system/" + unit.name() + ".");
        } else if (!now && state.enabled()) {
            call.err().line("Removed \"" + link + "\".");
        }
        state.enabled(now);
    }

    /** Waits for its end, unless the call says not to. */
    private int start() throws IOException, InterruptedException {
        ServiceRunner.start(call.machine(), call.shell(), unit);
        if (call.has("--no-block")) {
            return 0;
        }
        while (state.active().equals("activating") && state.sub().equals("start")) {
            call.machine().world().time().sleep(Duration.ofSeconds(1));
        }
        return state.status() == 0
                ? 0
                : call.fail(
                        1,
                        "Job for " + unit.name()
                                + " failed because the control process exited with error code.\nSee \"systemctl status "
                                + unit.name() + "\" and \"journalctl -xeu " + unit.name() + "\" for details.");
    }

    private int show() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "Restart",
                unit.settings().getOrDefault("Service.Restart", List.of("no")).get(0));
        all.put("NRestarts", String.valueOf(state.restarts()));
        all.put("Result", state.result());
        all.put("ExecMainStatus", String.valueOf(state.status()));
        all.put("Id", unit.name());
        all.put("Description", unit.description());
        all.put("LoadState", "loaded");
        all.put("ActiveState", state.active());
        all.put("SubState", state.sub());
        all.put("UnitFileState", enabled());
        all.put("ConditionResult", state.conditionMet() ? "yes" : "no");
        List<String> wanted = properties();
        for (Map.Entry<String, String> one : all.entrySet()) {
            if (wanted.isEmpty() || wanted.contains(one.getKey())) {
                call.out().line(call.has("--value") ? one.getValue() : one.getKey() + "=" + one.getValue());
            }
        }
        return 0;
    }

    private List<String> properties() {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < call.args().size(); i++) {
            String arg = call.args().get(i);
            if (Set.of("-p", "--property").contains(arg) && i + 1 < call.args().size()) {
                wanted.addAll(List.of(call.args().get(i + 1).split(",")));
            } else if (arg.startsWith("--property=")) {
                wanted.addAll(List.of(arg.substring("--property=".length()).split(",")));
            }
        }
        return wanted;
    }

    private int status() throws IOException {
        call.out()
                .lines(
                        (state.active().equals("failed") ? "× " : state.active().equals("activating") ? "● " : "○ ")
                                + unit.name() + " - " + unit.description(),
                        "     Loaded: loaded (/etc/systemd/system/" + unit.name() + "; " + enabled()
                                + "; preset: enabled)",
                        "     Active: " + state.active() + " (" + state.sub() + ")"
                                + (state.active().equals("failed") ? " (Result: " + state.result() + ")" : ""),
                        "   Main PID: 4711 (code=exited, status=" + state.status()
                                + (state.status() == 0 ? "/SUCCESS)" : "/FAILURE)"),
                        "");
        Journalctl.print(call, state.journal(), LINES_OF_STATUS, "short");
        return state.active().equals("active") ? 0 : INACTIVE;
    }
}
