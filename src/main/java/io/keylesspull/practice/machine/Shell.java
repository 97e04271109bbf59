package io.keylesspull.practice.machine;

import io.keylesspull.practice.machine.CommandLine.Part;
import io.keylesspull.practice.machine.CommandLine.Redirection;
import io.keylesspull.practice.machine.CommandLine.Stage;
import io.keylesspull.practice.machine.CommandLine.Statement;
import io.keylesspull.practice.machine.CommandLine.Target;
import io.keylesspull.practice.machine.CommandLine.When;
import io.keylesspull.practice.machine.CommandLine.Word;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs what was typed: finds the programs, fills in variables and wildcards, and connects the streams. */
final class Shell {

    static final int NOT_FOUND = 127;

    private final Programs programs;

    Shell(Programs programs) {
        this.programs = programs;
    }

    /** @param base whose streams, user and variables the script has; its name and arguments do not count */
    int run(String script, Call base) throws IOException, InterruptedException {
        List<Statement> statements;
        try {
            statements = CommandLine.parse(script);
        } catch (CommandLine.SyntaxException e) {
            return base.fail(2, "bash: -c: line 1: " + e.getMessage());
        }
        return new Run(base).all(statements);
    }

    /** The program of that name on that machine; empty where its package is not installed. */
    Optional<Program> find(MachineState machine, String name) {
        return programs.find(machine, name);
    }

    private final class Run {

        private final Call base;
        private final Map<String, String> variables = new HashMap<>();
        private int status;
        private boolean stopOnError;
        private boolean exited;

        Run(Call base) {
            this.base = base;
            variables.put("HOME", base.user().home());
            variables.put("USER", base.user().name());
            variables.put("LOGNAME", base.user().name());
            variables.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
            variables.putAll(base.env());
        }

        int all(List<Statement> statements) throws IOException, InterruptedException {
            for (Statement statement : statements) {
                boolean due = statement.when() == When.ALWAYS
                        || statement.when() == When.AFTER_SUCCESS == (status == 0);
                if (due) {
                    pipeline(statement);
                    if (exited || stopOnError && status != 0) {
                        break;
                    }
                }
            }
            return status;
        }

        private void pipeline(Statement statement) throws IOException, InterruptedException {
            InputStream in = base.in();
            List<Stage> stages = statement.pipeline();
            for (int i = 0; i < stages.size(); i++) {
                boolean last = i == stages.size() - 1;
                ByteArrayOutputStream pipe = new ByteArrayOutputStream();
                stage(stages.get(i), base.with(in, last ? base.out() : new Output(pipe), base.err()), statement.line());
                in = new ByteArrayInputStream(pipe.toByteArray());
            }
        }

        private void stage(Stage stage, Call call, int line) throws IOException, InterruptedException {
            Redirected redirected = new Redirected(call);
            for (Redirection redirection : stage.redirections()) {
                String file = redirection.file() == null ? null : call.path(String.join(" ",
                        expand(redirection.file())));
                if (redirection.target() == Target.STDIN) {
                    Optional<FileTree.Node> node = call.machine().files().node(file);
                    if (node.isEmpty() && !file.equals("/dev/null")) {
                        status = call.fail(1, "bash: line " + line + ": " + file + ": No such file or directory");
                        return;
                    }
                    redirected.in = new ByteArrayInputStream(node.map(FileTree.Node::content).orElse(new byte[0]));
                } else {
                    redirected.to(redirection.target(), file, redirection.append());
                }
            }
            List<String> words = new ArrayList<>();
            for (Word word : stage.words()) {
                words.addAll(expand(word));
            }
            status = simple(words, redirected.call(), line);
            Optional<String> problem = redirected.save();
            if (problem.isPresent()) {
                status = call.fail(1, "bash: line " + line + ": " + problem.get());
            }
        }

        private int simple(List<String> words, Call call, int line) throws IOException, InterruptedException {
            Map<String, String> env = new HashMap<>(variables);
            int first = 0;
            while (first < words.size() && isAssignment(words.get(first))) {
                String[] nameAndValue = words.get(first++).split("=", 2);
                env.put(nameAndValue[0], nameAndValue[1]);
            }
            if (first == words.size()) {
                variables.putAll(env);
                return 0;
            }
            String name = words.get(first);
            List<String> args = words.subList(first + 1, words.size());
            switch (name) {
                case ":":
                    return 0;
                case "exit":
                    exited = true;
                    return args.isEmpty() ? status : Integer.parseInt(args.get(0)) & 0xff;
                case "set":
                    stopOnError |= args.stream().anyMatch(a -> a.startsWith("-") && a.contains("e"));
                    return 0;
                case "export":
                    args.stream().filter(Shell::isAssignment).map(a -> a.split("=", 2))
                            .forEach(a -> variables.put(a[0], a[1]));
                    return 0;
                default:
                    Optional<Program> program = find(call.machine(), name);
                    if (program.isEmpty()) {
                        String why = name.contains("/") ? "No such file or directory" : "command not found";
                        return call.fail(NOT_FOUND, "bash: line " + line + ": " + name + ": " + why);
                    }
                    return program.get().run(call.with(call.user(), env).with(name, args));
            }
        }

        /** A word becomes none (an unset variable), one, or several words (wildcards, unquoted blanks). */
        private List<String> expand(Word word) throws IOException, InterruptedException {
            List<StringBuilder> results = new ArrayList<>();
            StringBuilder current = null;
            boolean wild = false;
            for (int i = 0; i < word.parts().size(); i++) {
                Part part = word.parts().get(i);
                String value = value(part);
                if (i == 0 && !part.quoted() && (value.equals("~") || value.startsWith("~/"))) {
                    value = base.user().home() + value.substring(1);
                }
                if (part.kind() == CommandLine.Kind.LITERAL || part.quoted()) {
                    wild |= !part.quoted() && (value.contains("*") || value.contains("?"));
                    current = current == null ? new StringBuilder() : current;
                    current.append(value);
                    continue;
                }
                for (String piece : value.split("(?<=\\s)|(?=\\s)")) {
                    if (piece.isBlank()) {
                        if (current != null) {
                            results.add(current);
                        }
                        current = null;
                    } else {
                        current = (current == null ? new StringBuilder() : current).append(piece);
                    }
                }
            }
            if (current != null) {
                results.add(current);
            }
            if (wild && results.size() == 1) {
                List<String> paths = base.machine().files().matching(base.path(results.get(0).toString()));
                if (!paths.isEmpty()) {
                    return paths;
                }
            }
            return results.stream().map(StringBuilder::toString).toList();
        }

        private String value(Part part) throws IOException, InterruptedException {
            return switch (part.kind()) {
                case LITERAL -> part.text();
                case VARIABLE -> part.text().equals("?") ? String.valueOf(status)
                        : variables.getOrDefault(part.text(), "");
                case COMMAND -> {
                    ByteArrayOutputStream captured = new ByteArrayOutputStream();
                    Call inner = base.with(base.in(), new Output(captured), base.err());
                    status = Shell.this.run(part.text(), inner.with(base.user(), variables));
                    yield captured.toString(StandardCharsets.UTF_8).replaceFirst("\\n+$", "");
                }
            };
        }
    }

    /** Streams that end in files, which are written when the program has ended. */
    private static final class Redirected {

        private record File(String path, boolean append, ByteArrayOutputStream content) {
        }

        private final Call call;
        private final List<File> files = new ArrayList<>();
        private InputStream in;
        private Output out;
        private Output err;

        Redirected(Call call) {
            this.call = call;
            this.in = call.in();
            this.out = call.out();
            this.err = call.err();
        }

        void to(Target target, String file, boolean append) {
            Output output;
            if (file == null) {
                output = target == Target.STDERR ? out : err;
            } else if (file.equals("/dev/null")) {
                output = new Output(OutputStream.nullOutputStream());
            } else {
                files.add(new File(file, append, new ByteArrayOutputStream()));
                output = new Output(files.get(files.size() - 1).content());
            }
            out = target == Target.STDERR ? out : output;
            err = target == Target.STDOUT ? err : output;
        }

        Call call() {
            return call.with(in, out, err);
        }

        Optional<String> save() {
            for (File file : files) {
                Optional<String> problem = call.machine().diskFull() && file.content().size() > 0
                        ? Optional.of("No space left on device") : call.machine().files()
                        .write(call.user(), file.path(), file.content().toByteArray(), file.append());
                if (problem.isPresent()) {
                    return Optional.of(file.path() + ": " + problem.get());
                }
            }
            return Optional.empty();
        }
    }

    static boolean isAssignment(String word) {
        int equals = word.indexOf('=');
        return equals > 0 && !Character.isDigit(word.charAt(0))
                && word.substring(0, equals).chars().allMatch(c -> CommandLine.isNameCharacter((char) c));
    }
}
