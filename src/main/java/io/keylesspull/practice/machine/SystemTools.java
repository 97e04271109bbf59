package io.keylesspull.practice.machine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a machine says about itself, its services, and programs that run other programs. */
final class SystemTools {

    private static final int LINES_AT_A_TIME = 500;

    private SystemTools() {
    }

    static void addTo(Map<String, Program> programs) {
        programs.put("true", call -> 0);
        programs.put("false", call -> 1);
        programs.put("echo", SystemTools::echo);
        programs.put("printf", SystemTools::printf);
        programs.put("hostname", call -> say(call, call.machine().hostname()));
        programs.put("uname", SystemTools::uname);
        programs.put("nproc", call -> say(call, "2"));
        programs.put("lsb_release", SystemTools::lsbRelease);
        programs.put("cloud-init", SystemTools::cloudInit);
        programs.put("systemctl", SystemTools::systemctl);
        programs.put("sleep", call -> {
            World world = call.machine().world();
            world.time().sleep(Duration.ofMillis((long) (Double.parseDouble(call.args().get(0)) * 1000)));
            return 0;
        });
        programs.put("seq", SystemTools::seq);
        programs.put("env", SystemTools::env);
        programs.put("bash", SystemTools::shell);
        programs.put("sh", SystemTools::shell);
        programs.put("command", SystemTools::which);
        programs.put("which", SystemTools::which);
    }

    private static int say(Call call, String line) throws IOException {
        call.out().line(line);
        return 0;
    }

    private static int echo(Call call) throws IOException {
        boolean noNewline = !call.args().isEmpty() && call.args().get(0).equals("-n");
        String text = String.join(" ", noNewline ? call.args().subList(1, call.args().size()) : call.args());
        call.out().print(noNewline ? text : text + "\n");
        return 0;
    }

    private static int printf(Call call) throws IOException {
        if (call.args().isEmpty()) {
            return call.fail(2, "printf: usage: printf [-v var] format [arguments]");
        }
        String text = call.args().get(0).replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
        for (String argument : call.args().subList(1, call.args().size())) {
            int place = text.indexOf("%s");
            text = place < 0 ? text : text.substring(0, place) + argument + text.substring(place + 2);
        }
        call.out().print(text.replace("%s", "").replace("%%", "%"));
        return 0;
    }

    private static int uname(Call call) throws IOException {
        if (call.has("-a")) {
            return say(call, "Linux " + call.machine().hostname() + " 6.8.0-1041-azure #47 SMP x86_64 GNU/Linux");
        }
        return say(call, call.has("-m") ? "x86_64" : call.has("-r") ? "6.8.0-1041-azure"
                : call.has("-n") ? call.machine().hostname() : "Linux");
    }

    private static int lsbRelease(Call call) throws IOException {
        Release release = call.machine().release();
        String options = String.join("", call.args());
        String id = release.isDebian() ? "Debian" : "Ubuntu";
        if (options.contains("c")) {
            return say(call, options.contains("s") ? release.codename() : "Codename:\t" + release.codename());
        }
        if (options.contains("i")) {
            return say(call, options.contains("s") ? id : "Distributor ID:\t" + id);
        }
        if (options.contains("r")) {
            return say(call, options.contains("s") ? release.versionId() : "Release:\t" + release.versionId());
        }
        call.out().lines("Distributor ID:\t" + id, "Description:\t" + release.prettyName(),
                "Release:\t" + release.versionId(), "Codename:\t" + release.codename());
        return 0;
    }

    private static int cloudInit(Call call) throws IOException, InterruptedException {
        if (call.args().isEmpty() || !call.args().get(0).equals("status")) {
            return call.fail(2, "usage: cloud-init [-h] [--version] {status} ...");
        }
        Instant done = call.machine().cloudInitDoneAt();
        var time = call.machine().world().time();
        if (call.has("--wait")) {
            Duration step = call.machine().world().pace().of(Duration.ofSeconds(1));
            while (time.now().isBefore(done)) {
                call.out().print(".");
                Duration left = Duration.between(time.now(), done);
                time.sleep(step.isZero() || left.compareTo(step) < 0 ? left : step);
            }
            call.out().print("\n");
        }
        return say(call, time.now().isBefore(done) ? "status: running" : "status: done");
    }

    private static int systemctl(Call call) throws IOException, InterruptedException {
        List<String> plain = call.args().stream().filter(a -> !a.startsWith("-")).toList();
        if (plain.size() < 2) {
            return call.fail(1, plain.isEmpty() ? "Too few arguments." : "Unknown command verb " + plain.get(0) + ".");
        }
        String verb = plain.get(0);
        String unit = plain.get(1).replaceFirst("\\.(service|socket)$", "");
        if (unit.equals("ssh")) {
            return verb.startsWith("is-") ? say(call, verb.equals("is-active") ? "active" : "enabled") : 0;
        }
        if (!unit.equals("docker") || !call.machine().packages().isInstalled("docker.io")) {
            if (verb.equals("is-active")) {
                return say(call, "inactive") + 3;
            }
            return call.fail(verb.equals("is-enabled") ? 1 : 5, verb.equals("is-enabled")
                    ? "Failed to get unit file state for " + unit + ".service: No such file or directory"
                    : "Failed to " + verb + " " + unit + ".service: Unit " + unit + ".service not found.");
        }
        DockerEngine docker = call.machine().docker();
        switch (verb) {
            case "is-active":
                return say(call, docker.running() ? "active" : "inactive") + (docker.running() ? 0 : 3);
            case "is-enabled":
                return say(call, docker.enabled() ? "enabled" : "disabled") + (docker.enabled() ? 0 : 1);
            case "start", "stop", "restart", "enable", "disable":
                break;
            default:
                return call.fail(1, "Unknown command verb " + verb + ".");
        }
        if (!call.user().isRoot()) {
            return call.fail(1, "Failed to " + verb + " docker.service: Interactive authentication required.");
        }
        call.spend(Duration.ofSeconds(1));
        boolean on = verb.equals("start") || verb.equals("restart") || verb.equals("enable");
        if (verb.endsWith("able")) {
            docker.enabled(on);
            if (call.has("--now")) {
                docker.running(on);
            }
        } else {
            docker.running(on);
        }
        return 0;
    }

    /** A stream of any length, to see how much a connection takes. */
    private static int seq(Call call) throws IOException, InterruptedException {
        List<String> args = call.args();
        long first = args.size() > 1 ? Long.parseLong(args.get(0)) : 1;
        long last = Long.parseLong(args.get(args.size() - 1));
        StringBuilder lines = new StringBuilder();
        for (long i = first; i <= last; i++) {
            lines.append(i).append('\n');
            if (i == last || (i - first) % LINES_AT_A_TIME == LINES_AT_A_TIME - 1) {
                call.spend(Duration.ZERO);
                call.out().print(lines.toString());
                lines.setLength(0);
            }
        }
        return 0;
    }

    private static int env(Call call) throws IOException, InterruptedException {
        Map<String, String> env = new HashMap<>(call.env());
        int at = 0;
        while (at < call.args().size() && Shell.isAssignment(call.args().get(at))) {
            String[] nameAndValue = call.args().get(at++).split("=", 2);
            env.put(nameAndValue[0], nameAndValue[1]);
        }
        if (at == call.args().size()) {
            for (Map.Entry<String, String> variable : env.entrySet()) {
                call.out().line(variable.getKey() + "=" + variable.getValue());
            }
            return 0;
        }
        String name = call.args().get(at);
        Optional<Program> program = call.shell().find(call.machine(), name);
        if (program.isEmpty()) {
            return call.fail(Shell.NOT_FOUND, "env: ‘" + name + "’: No such file or directory");
        }
        return program.get().run(call.with(call.user(), env).with(name, call.args().subList(at + 1,
                call.args().size())));
    }

    private static int shell(Call call) throws IOException, InterruptedException {
        for (int i = 0; i < call.args().size() - 1; i++) {
            String option = call.args().get(i);
            if (option.startsWith("-") && option.endsWith("c")) {
                String script = call.args().get(i + 1);
                return call.shell().run(option.contains("e") ? "set -e\n" + script : script, call);
            }
        }
        return call.fail(2, call.name() + ": practice machines run " + call.name() + " with -c only");
    }

    private static int which(Call call) throws IOException {
        List<String> names = call.args().stream().filter(a -> !a.startsWith("-")).toList();
        for (String name : names) {
            if (call.shell().find(call.machine(), name).isEmpty()) {
                return 1;
            }
            call.out().line("/usr/bin/" + name);
        }
        return 0;
    }
}
