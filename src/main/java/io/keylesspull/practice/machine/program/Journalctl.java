package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.ServiceState;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code journalctl} for one service: its lines, oldest first. */
final class Journalctl implements MachineProgram {

    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("--no-pager", "--boot", "--quiet", "--all", "--utc", "--no-hostname", "--catalog", "--pager-end");

    @Override
    public int run(ProgramCall call) throws IOException {
        List<String> args = call.args();
        Optional<String> unit = Optional.empty();
        int lines = Integer.MAX_VALUE;
        String output = "short";
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            String next = i + 1 < args.size() ? args.get(i + 1) : "";
            if (arg.matches("--unit=.+|--lines=.+|--output=.+")) {
                next = arg.substring(arg.indexOf('=') + 1);
                arg = arg.substring(0, arg.indexOf('='));
            } else if (arg.matches("-n\\d+")) {
                next = arg.substring(2);
                arg = "-n";
            } else if (arg.matches("-[uno]|-[a-zA-Z]*u|--unit|--lines|--output")) {
                i++;
            }
            switch (arg) {
                case "-n", "--lines" -> lines = Integer.parseInt(next.replace("all", "2000000000"));
                case "-o", "--output" -> output = next;
                case "-u", "--unit" -> unit = Optional.of(next);
                default -> {
                    if (arg.matches("-[a-zA-Z]*u")) {
                        unit = Optional.of(next);
                    } else if (!WITHOUT_EFFECT.contains(arg) && !arg.matches("-[beqax]+")) {
                        return call.fail(1, "journalctl: practice machines do not know '" + arg + "'");
                    }
                }
            }
        }
        if (unit.isEmpty()) {
            return call.fail(1, "journalctl: practice machines know the journal of one unit only: -u UNIT");
        }
        String name = unit.get().endsWith(".service") ? unit.get() : unit.get() + ".service";
        print(call, call.machine().service(name).journal(), lines, output);
        return 0;
    }

    /** @param most how many lines, the last ones @param output {@code short}, {@code short-iso} or {@code cat} */
    static void print(ProgramCall call, List<ServiceState.Line> journal, int most, String output) throws IOException {
        if (journal.isEmpty()) {
            call.out().line("-- No entries --");
        }
        for (ServiceState.Line line : journal.subList(Math.max(0, journal.size() - most), journal.size())) {
            String at = output.equals("short-iso") ? line.at().toString() : SHORT.format(line.at());
            call.out()
                    .line(
                            output.equals("cat")
                                    ? line.text()
                                    : at + " " + call.machine().hostname() + " " + line.from() + ": " + line.text());
        }
    }
}
