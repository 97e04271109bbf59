package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.shell.ShellSyntax.Target;
import io.keylesspull.practice.machine.state.FileTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command's streams after its redirections. Files are written when the program has ended. */
final class RedirectedStreams {

    private record File(String path, boolean append, ByteArrayOutputStream content) {}

    private final ProgramCall call;
    private final List<File> files = new ArrayList<>();
    private InputStream in;
    private TextOutput out;
    private TextOutput err;

    RedirectedStreams(ProgramCall call) {
        this.call = call;
        this.in = call.in();
        this.out = call.out();
        this.err = call.err();
    }

    void from(byte[] text) {
        in = new ByteArrayInputStream(text);
    }

    /** @return why it cannot be read, in the words of {@code strerror}; empty if it can */
    Optional<String> from(@Nullable String file) {
        if (file == null) {
            return Optional.of("Bad file descriptor");
        }
        FileTree tree = call.machine().files();
        Optional<FileTree.Node> node = tree.node(file);
        if (!tree.reachableBy(call.user(), file)
                || node.filter(n -> !n.readableBy(call.user())).isPresent()) {
            return Optional.of("Permission denied");
        }
        if (node.isEmpty() && !file.equals("/dev/null")) {
            return Optional.of("No such file or directory");
        }
        in = new ByteArrayInputStream(node.map(FileTree.Node::content).orElse(new byte[0]));
        return Optional.empty();
    }

    /** @param file null if the target joins the other output stream */
    void to(Target target, @Nullable String file, boolean append) {
        TextOutput output;
        if (file == null) {
            output = target == Target.STDERR ? out : err;
        } else if (file.equals("/dev/null")) {
            output = new TextOutput(OutputStream.nullOutputStream());
        } else {
            files.add(new File(file, append, new ByteArrayOutputStream()));
            output = new TextOutput(files.get(files.size() - 1).content());
        }
        out = target == Target.STDERR ? out : output;
        err = target == Target.STDOUT ? err : output;
    }

    ProgramCall call() {
        return call.with(in, out, err);
    }

    /** @return which file could not be written and why; empty on success */
    Optional<String> save() {
        for (File file : files) {
            Optional<String> problem = call.machine().diskFull(file.path())
                            && file.content().size() > 0
                    ? Optional.of("No space left on device")
                    : call.machine()
                            .files()
                            .write(call.user(), file.path(), file.content().toByteArray(), file.append());
            if (problem.isPresent()) {
                return Optional.of(file.path() + ": " + problem.get());
            }
        }
        return Optional.empty();
    }
}
