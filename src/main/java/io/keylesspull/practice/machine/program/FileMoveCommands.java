package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.FileTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code cp}, {@code mv} and {@code rmdir}, worded as in coreutils 9.1. */
final class FileMoveCommands {

    private FileMoveCommands() {}

    static void addTo(Map<String, MachineProgram> programs) {
        programs.put("cp", call -> transfer(call, "cp", FileMoveCommands::cp));
        programs.put("mv", call -> transfer(call, "mv", FileMoveCommands::mv));
        programs.put("rmdir", FileMoveCommands::rmdir);
    }

    /** Copies or renames an existing source. @param node of the source */
    @FunctionalInterface
    private interface Transfer {
        int of(ProgramCall call, String source, FileTree.Node node, String target) throws IOException;
    }

    private static int transfer(ProgramCall call, String program, Transfer transfer) throws IOException {
        List<String> plain = plain(call);
        if (plain.size() != 2) {
            return call.fail(1, program + ": missing file operand\nTry '" + program + " --help' for more information.");
        }
        String source = plain.get(0);
        Optional<FileTree.Node> node = call.machine().files().visible(call.user(), call.path(source));
        if (node.isEmpty()) {
            return call.fail(1, program + ": cannot stat '" + source + "': No such file or directory");
        }
        return transfer.of(call, source, node.get(), plain.get(1));
    }

    private static List<String> plain(ProgramCall call) {
        return call.args().stream().filter(a -> !a.startsWith("-")).toList();
    }

    /**
     * {@code cp [-p] SOURCE TARGET}: a new file has the source's mode; only root can keep the owner. With
     * {@code --attributes-only} what the target holds stays.
     */
    private static int cp(ProgramCall call, String source, FileTree.Node node, String target) throws IOException {
        FileTree files = call.machine().files();
        if (!node.readableBy(call.user())) {
            return call.fail(1, "cp: cannot open '" + source + "' for reading: Permission denied");
        }
        boolean isNew = files.node(call.path(target)).isEmpty();
        if (call.has("--attributes-only") && !isNew) {
            FileTree.Node there = files.node(call.path(target)).orElseThrow();
            String owner = call.user().isRoot() ? node.owner() : there.owner();
            files.put(call.path(target), there.content(), owner, node.mode());
            return 0;
        }
        Optional<String> problem = call.machine().diskFull(call.path(target))
                ? Optional.of("No space left on device")
                : files.write(call.user(), call.path(target), node.content(), false);
        if (problem.isPresent()) {
            return call.fail(1, "cp: cannot create regular file '" + target + "': " + problem.get());
        }
        if (call.has("-p") && call.user().isRoot()) {
            files.put(call.path(target), node.content(), node.owner(), node.mode());
        } else if (call.has("-p") || isNew) {
            files.changeMode(call.path(target), node.mode());
        }
        return 0;
    }

    /** {@code mv SOURCE TARGET}: needs write permission on both directories; the file keeps its owner and mode. */
    private static int mv(ProgramCall call, String source, FileTree.Node node, String target) throws IOException {
        FileTree files = call.machine().files();
        Optional<FileTree.Node> from = files.node(FileTree.parent(call.path(source)));
        Optional<FileTree.Node> to = files.visible(call.user(), FileTree.parent(call.path(target)));
        if (to.isEmpty()) {
            return call.fail(1, "mv: cannot move '" + source + "' to '" + target + "': No such file or directory");
        }
        if (!from.orElseThrow().writableBy(call.user()) || !to.get().writableBy(call.user())) {
            return call.fail(1, "mv: cannot move '" + source + "' to '" + target + "': Permission denied");
        }
        if (!files.replaceableBy(call.user(), call.path(source))
                || !files.replaceableBy(call.user(), call.path(target))) {
            return call.fail(1, "mv: cannot move '" + source + "' to '" + target + "': Operation not permitted");
        }
        files.put(call.path(target), node.content(), node.owner(), node.mode());
        files.remove(call.path(source));
        return 0;
    }

    private static int rmdir(ProgramCall call) throws IOException {
        int status = 0;
        FileTree files = call.machine().files();
        for (String given : plain(call)) {
            String path = call.path(given);
            Optional<FileTree.Node> node = files.visible(call.user(), path);
            boolean full = !files.children(path).isEmpty();
            if (node.isEmpty()) {
                status = call.fail(1, "rmdir: failed to remove '" + given + "': No such file or directory");
            } else if (!node.get().directory()) {
                status = call.fail(1, "rmdir: failed to remove '" + given + "': Not a directory");
            } else if (full && !call.has("--ignore-fail-on-non-empty")) {
                status = call.fail(1, "rmdir: failed to remove '" + given + "': Directory not empty");
            } else if (!full && !files.node(FileTree.parent(path)).orElseThrow().writableBy(call.user())) {
                status = call.fail(1, "rmdir: failed to remove '" + given + "': Permission denied");
            } else if (!full) {
                files.remove(path);
            }
        }
        return status;
    }
}
