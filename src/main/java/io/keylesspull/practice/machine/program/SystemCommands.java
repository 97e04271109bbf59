package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.MachineScript;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.shell.Shell;
import io.keylesspull.practice.machine.state.FileTree;
import io.keylesspull.practice.machine.state.LinuxRelease;
import io.keylesspull.practice.machine.state.MachineEnvironment;
import io.keylesspull.practice.machine.state.MachineState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands about the machine and its services, and commands that run other commands. */
final class SystemCommands {

    private static final int LINES_AT_A_TIME = 500;
    private static final Pattern DIRECTIVE = Pattern.compile("%[sd%]|\\\\[ntr\\\\\"']|\\\\[0-7]{1,3}");

    private SystemCommands() {}

    static void addTo(Map<String, MachineProgram> programs) {
        programs.put("true", call -> 0);
        programs.put("false", call -> 1);
        programs.put("echo", SystemCommands::echo);
        programs.put("printf", SystemCommands::printf);
        programs.put("hostname", call -> say(call, call.machine().hostname()));
        programs.put("uname", SystemCommands::uname);
        programs.put("nproc", call -> say(call, "2"));
        programs.put("lsb_release", SystemCommands::lsbRelease);
        programs.put("cloud-init", SystemCommands::cloudInit);
        programs.put("systemctl", new Systemctl());
        programs.put("journalctl", new Journalctl());
        programs.put("sleep", call -> {
            MachineEnvironment world = call.machine().world();
            world.time().sleep(Duration.ofMillis((long)
                    (Double.parseDouble(call.args().get(0)) * 1000)));
            return 0;
        });
        programs.put("seq", SystemCommands::seq);
        programs.put("env", SystemCommands::env);
        programs.put("bash", SystemCommands::shell);
        programs.put("sh", SystemCommands::shell);
        programs.put("command", SystemCommands::which);
        programs.put("which", SystemCommands::which);
        programs.put("sed", new Sed());
    }

    private static int say(ProgramCall call, String line) throws IOException {
        call.out().line(line);
        return 0;
    }

    private static int echo(ProgramCall call) throws IOException {
        boolean noNewline = !call.args().isEmpty() && call.args().get(0).equals("-n");
        String text =
                String.join(" ", noNewline ? call.args().subList(1, call.args().size()) : call.args());
        call.out().print(noNewline ? text : text + "\n");
        return 0;
    }

    /**
     * The format is repeated for as long as arguments are left; arguments are never formats. It works with bytes, each
     * as the character of the same number: an octal number is a byte, and not always a character.
     */
    private static int printf(ProgramCall call) throws IOException {
        if (call.args().isEmpty()) {
            return call.fail(2, "printf: usage: printf [-v var] format [arguments]");
        }
        String format = bytes(call.args().get(0));
        List<String> left = new ArrayList<>(
                call.args().stream().skip(1).map(SystemCommands::bytes).toList());
        StringBuilder text = new StringBuilder();
        do {
            int before = left.size();
            Matcher matcher = DIRECTIVE.matcher(format);
            while (matcher.find()) {
                String value = switch (matcher.group()) {
                    case "%s", "%d" -> left.isEmpty() ? matcher.group().equals("%d") ? "0" : "" : left.remove(0);
                    case "%%" -> "%";
                    case "\\n" -> "\n";
                    case "\\t" -> "\t";
                    case "\\r" -> "\r";
                    default -> escaped(matcher.group().substring(1));
                };
                matcher.appendReplacement(text, Matcher.quoteReplacement(value));
            }
            matcher.appendTail(text);
            if (left.size() == before) {
                break;
            }
        } while (!left.isEmpty());
        call.out().write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        return 0;
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String escaped(String what) {
        return what.matches("[0-7]+") ? String.valueOf((char) (Integer.parseInt(what, 8) & 0xff)) : what;
    }

    private static int uname(ProgramCall call) throws IOException {
        if (call.has("-a")) {
            return say(call, "Linux " + call.machine().hostname() + " 6.8.0-1041-azure #47 SMP x86_64 GNU/Linux");
        }
        return say(
                call,
                call.has("-m")
                        ? "x86_64"
                        : call.has("-r")
                                ? "6.8.0-1041-azure"
                                : call.has("-n") ? call.machine().hostname() : "Linux");
    }

    private static int lsbRelease(ProgramCall call) throws IOException {
        LinuxRelease release = call.machine().release();
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
        call.out()
                .lines(
                        "Distributor ID:\t" + id,
                        "Description:\t" + release.prettyName(),
                        "Release:\t" + release.versionId(),
                        "Codename:\t" + release.codename());
        return 0;
    }

    private static int cloudInit(ProgramCall call) throws IOException, InterruptedException {
        if (call.args().isEmpty() || !call.args().get(0).equals("status")) {
            return call.fail(2, "usage: cloud-init [-h] [--version] {status} ...");
        }
        MachineState machine = call.machine();
        Instant done = machine.cloudInitDoneAt();
        var time = machine.world().time();
        if (call.has("--wait")) {
            Duration step = machine.world().pace().of(Duration.ofSeconds(1));
            while (time.now().isBefore(done)) {
                call.out().print(".");
                Duration left = Duration.between(time.now(), done);
                time.sleep(step.isZero() || left.compareTo(step) < 0 ? left : step);
            }
            machine.awaitCloudInit();
            call.out().print("\n");
        }
        boolean runs = machine.cloudInitRuns();
        boolean failed = !runs && !machine.cloudInitError().isEmpty();
        say(call, "status: " + (failed ? "error" : runs ? "running" : "done"));
        if (failed && call.has("--long")) {
            call.out()
                    .lines(
                            "extended_status: error - done",
                            "boot_status_code: enabled-by-generator",
                            "detail:",
                            machine.cloudInitError());
        }
        return failed ? 1 : 0;
    }

    /** Prints any amount of output, so that the throughput of a connection can be measured. */
    private static int seq(ProgramCall call) throws IOException, InterruptedException {
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

    private static int env(ProgramCall call) throws IOException, InterruptedException {
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
        Optional<MachineProgram> program = call.shell().find(call.machine(), name);
        if (program.isEmpty()) {
            return call.fail(Shell.NOT_FOUND, "env: ‘" + name + "’: No such file or directory");
        }
        return program.get()
                .run(call.with(call.user(), env)
                        .with(name, call.args().subList(at + 1, call.args().size())));
    }

    private static int shell(ProgramCall call) throws IOException, InterruptedException {
        for (int i = 0; i < call.args().size() - 1; i++) {
            String option = call.args().get(i);
            if (option.startsWith("-") && option.endsWith("c")) {
                String script =
                        (option.contains("e") ? "set -e\n" : "") + call.args().get(i + 1);
                List<String> after = call.args().subList(i + 2, call.args().size());
                return after.isEmpty()
                        ? call.shell().run(script, call)
                        : call.shell().script(script, call.with(after.get(0), after.subList(1, after.size())));
            }
        }
        if (!call.args().isEmpty() && call.args().get(0).equals("-s")) {
            return standardInput(call);
        }
        return call.args().isEmpty() || call.args().get(0).startsWith("-")
                ? call.fail(2, call.name() + ": practice machines run " + call.name() + " with -c, -s or a file only")
                : file(call);
    }

    /** The commands of the script find nothing on standard input: the shell has read all of it. */
    private static int standardInput(ProgramCall call) throws IOException, InterruptedException {
        List<String> arguments = call.args().subList(1, call.args().size());
        if (!arguments.isEmpty() && arguments.get(0).equals("--")) {
            arguments = arguments.subList(1, arguments.size());
        }
        String script = new String(call.in().readAllBytes(), StandardCharsets.UTF_8);
        return call.shell().script(script, call.with(call.name(), arguments));
    }

    private static int file(ProgramCall call) throws IOException, InterruptedException {
        String given = call.args().get(0);
        Optional<FileTree.Node> node = call.machine().files().visible(call.user(), call.path(given));
        if (node.isEmpty() || !node.get().readableBy(call.user())) {
            return call.fail(
                    node.isEmpty() ? Shell.NOT_FOUND : 126,
                    call.name() + ": " + given + ": "
                            + (node.isEmpty() ? "No such file or directory" : "Permission denied"));
        }
        return call.shell()
                .script(
                        new String(node.get().content(), StandardCharsets.UTF_8),
                        call.with(given, call.args().subList(1, call.args().size())));
    }

    private static int which(ProgramCall call) throws IOException {
        List<String> names =
                call.args().stream().filter(a -> !a.startsWith("-")).toList();
        for (String name : names) {
            Optional<MachineProgram> program = call.shell().find(call.machine(), name);
            if (program.isEmpty()) {
                return 1;
            }
            boolean snap = name.equals("docker") && call.machine().docker().fromSnap();
            call.out()
                    .line(
                            program.get() instanceof MachineScript script
                                    ? script.path()
                                    : (snap ? "/snap/bin/" : "/usr/bin/") + name);
        }
        return 0;
    }
}
