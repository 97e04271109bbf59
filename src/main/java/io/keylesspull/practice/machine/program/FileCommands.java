package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.FileTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Commands that read, write and list files, and {@code df}. */
final class FileCommands {

    private static final long DISK_BYTES = 31_036_686_336L;
    private static final long FREE_BYTES = 28_991_029_248L;

    private FileCommands() {}

    static void addTo(Map<String, MachineProgram> programs) {
        programs.put("cat", FileCommands::cat);
        programs.put("tee", FileCommands::tee);
        programs.put("ls", FileCommands::ls);
        programs.put("test", FileCommands::test);
        programs.put("[", FileCommands::test);
        programs.put("mkdir", FileCommands::mkdir);
        programs.put("chmod", FileCommands::chmod);
        programs.put("install", FileCommands::install);
        programs.put("rm", FileCommands::rm);
        programs.put("df", FileCommands::df);
        programs.put("readlink", FileCommands::readlink);
    }

    private static List<String> plain(ProgramCall call) {
        return call.args().stream().filter(a -> !a.startsWith("-")).toList();
    }

    private static int cat(ProgramCall call) throws IOException {
        if (call.args().isEmpty()) {
            call.out().write(call.in().readAllBytes());
        }
        int status = 0;
        for (String file : plain(call)) {
            Optional<FileTree.Node> node = call.machine().files().node(call.path(file));
            if (!call.machine().files().reachableBy(call.user(), call.path(file))) {
                status = call.fail(1, "cat: " + file + ": Permission denied");
            } else if (node.isEmpty()) {
                status = call.fail(1, "cat: " + file + ": No such file or directory");
            } else if (node.get().directory()) {
                status = call.fail(1, "cat: " + file + ": Is a directory");
            } else if (!node.get().readableBy(call.user())) {
                status = call.fail(1, "cat: " + file + ": Permission denied");
            } else {
                call.out().write(node.get().content());
            }
        }
        return status;
    }

    /**
     * {@code readlink -f}: prints a full path. Prints nothing if the directory does not exist, and without {@code -f},
     * as nothing on a practice machine is a link.
     */
    private static int readlink(ProgramCall call) throws IOException {
        if (!call.has("-f")) {
            return 1;
        }
        FileTree files = call.machine().files();
        for (String given : plain(call)) {
            String path = call.path(given);
            if (files.visible(call.user(), FileTree.parent(path)).isEmpty()) {
                return 1;
            }
            call.out().line(path);
        }
        return 0;
    }

    private static int tee(ProgramCall call) throws IOException {
        byte[] content = call.in().readAllBytes();
        int status = 0;
        call.out().write(content);
        for (String file : plain(call)) {
            boolean append = call.has("-a") || call.has("--append");
            boolean full = call.machine().diskFull(call.path(file));
            // On a full disk a file can still be made, and emptied.
            Optional<String> problem =
                    call.machine().files().write(call.user(), call.path(file), full ? new byte[0] : content, append);
            if (full && problem.isEmpty() && content.length > 0) {
                problem = Optional.of("No space left on device");
            }
            if (problem.isPresent()) {
                status = call.fail(1, "tee: " + file + ": " + problem.get());
            }
        }
        return status;
    }

    private static int ls(ProgramCall call) throws IOException {
        int status = 0;
        List<String> places = plain(call).isEmpty() ? List.of(".") : plain(call);
        for (String place : places) {
            Optional<FileTree.Node> node = call.machine().files().node(call.path(place));
            if (node.isEmpty()) {
                status = call.fail(2, "ls: cannot access '" + place + "': No such file or directory");
            } else if (!node.get().directory()) {
                call.out().line(place);
            } else if (!node.get().readableBy(call.user())) {
                status = call.fail(2, "ls: cannot open directory '" + place + "': Permission denied");
            } else {
                for (String name : call.machine().files().children(call.path(place))) {
                    call.out().line(name);
                }
            }
        }
        return status;
    }

    private static int test(ProgramCall call) throws IOException {
        List<String> args = call.args();
        if (call.name().equals("[")) {
            if (args.isEmpty() || !args.get(args.size() - 1).equals("]")) {
                return call.fail(2, "bash: line 1: [: missing `]'");
            }
            args = args.subList(0, args.size() - 1);
        }
        boolean not = !args.isEmpty() && args.get(0).equals("!");
        args = not ? args.subList(1, args.size()) : args;
        boolean holds;
        if (args.size() == 3 && (args.get(1).equals("=") || args.get(1).equals("!="))) {
            holds = args.get(0).equals(args.get(2)) == args.get(1).equals("=");
        } else if (args.size() == 3
                && args.get(0).matches("-?\\d{1,18}")
                && args.get(2).matches("-?\\d{1,18}")) {
            int order = Long.compare(Long.parseLong(args.get(0)), Long.parseLong(args.get(2)));
            holds = switch (args.get(1)) {
                case "-eq" -> order == 0;
                case "-ne" -> order != 0;
                case "-lt" -> order < 0;
                case "-le" -> order <= 0;
                case "-gt" -> order > 0;
                default -> args.get(1).equals("-ge") && order >= 0;
            };
        } else if (args.size() == 2) {
            String operand = args.get(1);
            Optional<FileTree.Node> node = call.machine().files().visible(call.user(), call.path(operand));
            holds = switch (args.get(0)) {
                case "-e" -> node.isPresent();
                case "-f" -> node.isPresent() && !node.get().directory();
                case "-d" -> node.isPresent() && node.get().directory();
                case "-s" -> node.isPresent() && node.get().content().length > 0;
                case "-r" -> node.isPresent() && node.get().readableBy(call.user());
                case "-x" -> node.isPresent() && node.get().executableBy(call.user());
                case "-w" -> node.isPresent() && node.get().writableBy(call.user());
                case "-k" -> node.isPresent() && (node.get().mode() & 01000) != 0;
                case "-O" ->
                    node.isPresent() && node.get().owner().equals(call.user().name());
                case "-n" -> !operand.isEmpty();
                case "-z" -> operand.isEmpty();
                default -> false;
            };
        } else {
            holds = args.size() == 1 && !args.get(0).isEmpty();
        }
        return holds != not ? 0 : 1;
    }

    private static int mkdir(ProgramCall call) throws IOException {
        boolean parents = call.args().stream().anyMatch(a -> a.equals("--parents") || a.matches("-[a-z]*p[a-z]*"));
        int mode = 0755;
        for (int i = 0; i < call.args().size(); i++) {
            String given = call.args().get(i);
            if (given.startsWith("-")) {
                mode = given.equals("-m") ? Integer.parseInt(call.args().get(++i), 8) : mode;
                continue;
            }
            String path = call.path(given);
            if (call.machine().files().node(path).isPresent()) {
                if (!parents) {
                    return call.fail(1, "mkdir: cannot create directory ‘" + given + "’: File exists");
                }
                continue;
            }
            String made = "";
            for (String name : path.substring(1).split("/")) {
                String parent = made.isEmpty() ? "/" : made;
                made += "/" + name;
                if (call.machine().files().node(made).isPresent()) {
                    continue;
                }
                if (!parents && !made.equals(path)) {
                    return call.fail(1, "mkdir: cannot create directory ‘" + given + "’: No such file or directory");
                }
                if (!call.machine().files().node(parent).orElseThrow().writableBy(call.user())) {
                    return call.fail(1, "mkdir: cannot create directory ‘" + given + "’: Permission denied");
                }
                call.machine().files().makeDirectory(made, call.user().name(), made.equals(path) ? mode : 0755);
            }
        }
        return 0;
    }

    private static int chmod(ProgramCall call) throws IOException {
        if (call.args().size() < 2) {
            return call.fail(1, "chmod: missing operand");
        }
        String mode = call.args().get(0);
        for (String file : call.args().subList(1, call.args().size())) {
            Optional<FileTree.Node> node = call.machine().files().node(call.path(file));
            if (node.isEmpty()) {
                return call.fail(1, "chmod: cannot access '" + file + "': No such file or directory");
            }
            if (!call.user().isRoot() && !node.get().owner().equals(call.user().name())) {
                return call.fail(1, "chmod: changing permissions of '" + file + "': Operation not permitted");
            }
            Optional<Integer> changed = changed(node.get().mode(), mode);
            if (changed.isEmpty()) {
                return call.fail(1, "chmod: invalid mode: ‘" + mode + "’");
            }
            call.machine().files().changeMode(call.path(file), changed.get());
        }
        return 0;
    }

    private static Optional<Integer> changed(int old, String mode) {
        if (mode.matches("[0-7]{3,4}")) {
            return Optional.of(Integer.parseInt(mode, 8));
        }
        if (!mode.matches("[ugoa]*[+-][rwx]+")) {
            return Optional.empty();
        }
        int operator = Math.max(mode.indexOf('+'), mode.indexOf('-'));
        String who = operator == 0 ? "a" : mode.substring(0, operator);
        String what = mode.substring(operator + 1);
        int bits = (what.contains("r") ? 4 : 0) | (what.contains("w") ? 2 : 0) | (what.contains("x") ? 1 : 0);
        int mask = 0;
        mask |= who.contains("u") || who.contains("a") ? bits << 6 : 0;
        mask |= who.contains("g") || who.contains("a") ? bits << 3 : 0;
        mask |= who.contains("o") || who.contains("a") ? bits : 0;
        return Optional.of(mode.charAt(operator) == '+' ? old | mask : old & ~mask);
    }

    /** {@code install -m MODE SOURCE TARGET} and {@code install -d [-m MODE] DIRECTORY}. */
    private static int install(ProgramCall call) throws IOException {
        int mode = 0755;
        boolean directory = false;
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < call.args().size(); i++) {
            String arg = call.args().get(i);
            if (arg.equals("-m") || arg.equals("-o") || arg.equals("-g")) {
                i++;
                mode = arg.equals("-m") && i < call.args().size()
                        ? Integer.parseInt(call.args().get(i), 8)
                        : mode;
            } else if (arg.equals("-d") || arg.equals("-D")) {
                directory |= arg.equals("-d");
            } else {
                paths.add(arg);
            }
        }
        if (directory) {
            int status = mkdir(call.with(
                    "mkdir", Stream.concat(Stream.of("-p"), paths.stream()).toList()));
            for (String path : paths) {
                call.machine().files().changeMode(call.path(path), mode);
            }
            return status;
        }
        if (paths.size() != 2) {
            return call.fail(1, "install: missing destination file operand");
        }
        Optional<FileTree.Node> source = call.machine().files().node(call.path(paths.get(0)));
        boolean standardInput = paths.get(0).equals("/dev/stdin");
        boolean nothing = paths.get(0).equals("/dev/null");
        if (source.isEmpty() && !standardInput && !nothing) {
            return call.fail(1, "install: cannot stat '" + paths.get(0) + "': No such file or directory");
        }
        String target = call.path(paths.get(1));
        if (call.machine().files().node(target).filter(FileTree.Node::directory).isPresent()) {
            target += paths.get(0).substring(paths.get(0).lastIndexOf('/'));
        }
        byte[] content = standardInput
                ? call.in().readAllBytes()
                : nothing ? new byte[0] : source.get().content();
        // A file that is there is removed, and made anew.
        if (call.machine().files().replaceableBy(call.user(), target)) {
            call.machine().files().remove(target);
        }
        Optional<String> problem = call.machine().diskFull(target) && content.length > 0
                ? Optional.of("No space left on device")
                : call.machine().files().write(call.user(), target, content, false);
        if (problem.isPresent()) {
            return call.fail(1, "install: cannot create regular file '" + paths.get(1) + "': " + problem.get());
        }
        call.machine().files().changeMode(target, mode);
        return 0;
    }

    private static int rm(ProgramCall call) throws IOException {
        boolean force = call.args().stream().anyMatch(a -> a.equals("--force") || a.matches("-[a-zA-Z]*f[a-zA-Z]*"));
        boolean recursive =
                call.args().stream().anyMatch(a -> a.equals("--recursive") || a.matches("-[a-zA-Z]*[rR][a-zA-Z]*"));
        if (plain(call).isEmpty() && !force) {
            return call.fail(1, "rm: missing operand\nTry 'rm --help' for more information.");
        }
        int status = 0;
        for (String file : plain(call)) {
            Optional<String> problem = whyNotRemoved(call, call.path(file), recursive);
            if (problem.isEmpty()) {
                call.machine().files().remove(call.path(file));
            } else if (!force || !problem.get().startsWith("No such file")) {
                status = call.fail(1, "rm: cannot remove '" + file + "': " + problem.get());
            }
        }
        return status;
    }

    private static Optional<String> whyNotRemoved(ProgramCall call, String path, boolean recursive) {
        FileTree files = call.machine().files();
        if (!files.reachableBy(call.user(), path)) {
            return Optional.of("Permission denied");
        }
        Optional<FileTree.Node> node = files.node(path);
        if (node.isEmpty()) {
            return Optional.of("No such file or directory");
        }
        if (node.get().directory() && !recursive) {
            return Optional.of("Is a directory");
        }
        FileTree.Node directory = files.node(FileTree.parent(path)).orElseThrow();
        if (!directory.writableBy(call.user())) {
            return Optional.of("Permission denied");
        }
        boolean others = (directory.mode() & 01000) != 0
                && !node.get().owner().equals(call.user().name());
        return others && !call.user().isRoot() ? Optional.of("Operation not permitted") : Optional.empty();
    }

    private static int df(ProgramCall call) throws IOException {
        long free = call.machine().diskFull()
                ? 0
                : FREE_BYTES - call.machine().docker().bytes();
        if (call.args().stream().anyMatch(a -> a.startsWith("--output=avail"))) {
            long unit = call.has("-B1") ? 1 : 1024;
            call.out().lines(unit == 1 ? "      Avail" : "  Avail", String.valueOf(free / unit));
            return 0;
        }
        boolean human = call.has("-h");
        call.out()
                .line("Filesystem     " + (human ? " Size  Used Avail" : "1K-blocks    Used Available")
                        + " Use% Mounted on");
        long used = DISK_BYTES - free;
        String numbers = human
                ? "%4dG %4.1fG %4dG".formatted(DISK_BYTES >> 30, used / (double) (1L << 30), free >> 30)
                : "%9d %7d %9d".formatted(DISK_BYTES >> 10, used >> 10, free >> 10);
        call.out().line("/dev/root      " + numbers + " %3d%% /".formatted(Math.round(100.0 * used / DISK_BYTES)));
        return 0;
    }
}
