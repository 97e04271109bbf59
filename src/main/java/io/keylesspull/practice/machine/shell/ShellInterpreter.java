package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.shell.ShellSyntax.Kind;
import io.keylesspull.practice.machine.shell.ShellSyntax.Part;
import io.keylesspull.practice.machine.shell.ShellSyntax.Redirection;
import io.keylesspull.practice.machine.shell.ShellSyntax.Stage;
import io.keylesspull.practice.machine.shell.ShellSyntax.Statement;
import io.keylesspull.practice.machine.shell.ShellSyntax.Target;
import io.keylesspull.practice.machine.shell.ShellSyntax.When;
import io.keylesspull.practice.machine.shell.ShellSyntax.Word;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One running shell: its variables, functions, and position in the script. */
final class ShellInterpreter {

    private static final int SYNTAX = 2;
    private static final Set<String> BUILT_IN = Set.of(
            ":",
            "exit",
            "return",
            "break",
            "continue",
            "set",
            "export",
            "readonly",
            "local",
            "unset",
            "shift",
            "read",
            "cd");

    private enum Leave {
        NOTHING,
        LOOP_ROUND,
        LOOP,
        FUNCTION,
        SHELL
    }

    private final Shell shell;
    private final String name;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, CompoundCommand> functions = new HashMap<>();
    private List<String> arguments;
    private int status;
    private int guards;
    private boolean stopOnError;
    private boolean refusesUnset;
    private boolean substituted;
    private Leave leave = Leave.NOTHING;

    /** @param name in error messages: the name of the shell, or the path of a script */
    ShellInterpreter(Shell shell, String name, List<String> arguments, ProgramCall base) {
        this.shell = shell;
        this.name = name;
        this.arguments = List.copyOf(arguments);
        variables.put("HOME", base.user().home());
        variables.put("USER", base.user().name());
        variables.put("LOGNAME", base.user().name());
        variables.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        variables.putAll(base.env());
    }

    /** A subshell: a copy, whose changes do not reach the other one. */
    private ShellInterpreter(ShellInterpreter other) {
        this.shell = other.shell;
        this.name = other.name;
        this.arguments = other.arguments;
        this.status = other.status;
        this.guards = other.guards;
        this.stopOnError = other.stopOnError;
        this.refusesUnset = other.refusesUnset;
        variables.putAll(other.variables);
        functions.putAll(other.functions);
    }

    int run(String script, ProgramCall at) throws IOException, InterruptedException {
        try {
            all(ShellParser.parse(script), at);
        } catch (ShellSyntax.SyntaxException e) {
            status = at.fail(SYNTAX, (name.equals("bash") ? "bash: -c: line 1: " : name + ": ") + e.getMessage());
        }
        return status;
    }

    List<String> arguments() {
        return arguments;
    }

    boolean refusesUnset() {
        return refusesUnset;
    }

    Optional<String> variable(String wanted) {
        return switch (wanted) {
            case "?" -> Optional.of(String.valueOf(status));
            case "#" -> Optional.of(String.valueOf(arguments.size()));
            case "@", "*" -> Optional.of(String.join(" ", arguments));
            case "$" -> Optional.of("4711");
            case "0" -> Optional.of(name);
            default ->
                wanted.matches("[1-9]")
                        ? arguments.stream().skip(wanted.charAt(0) - '1').findFirst()
                        : Optional.ofNullable(variables.get(wanted));
        };
    }

    String assign(String variable, String value) {
        variables.put(variable, value);
        return value;
    }

    /** Ends the shell with an error, as a bad expansion does. @return an empty text */
    String fail(ProgramCall at, String reason) throws IOException {
        status = at.fail(SYNTAX, name + ": " + reason);
        leave = Leave.SHELL;
        return "";
    }

    /** The output of a command without line ends at its end: {@code $(…)}. */
    String output(String script, ProgramCall at) throws IOException, InterruptedException {
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        status = new ShellInterpreter(this).run(script, at.with(at.in(), new TextOutput(captured), at.err()));
        substituted = true;
        return captured.toString(StandardCharsets.UTF_8).replaceFirst("\\n+$", "");
    }

    private void all(List<Statement> statements, ProgramCall at) throws IOException, InterruptedException {
        for (int i = 0; i < statements.size() && leave == Leave.NOTHING; i++) {
            Statement statement = statements.get(i);
            boolean due = statement.when() == When.ALWAYS || statement.when() == When.AFTER_SUCCESS == (status == 0);
            if (due) {
                boolean asked =
                        i + 1 < statements.size() && statements.get(i + 1).when() != When.ALWAYS;
                guards += asked || statement.negated() ? 1 : 0;
                pipeline(statement, at);
                guards -= asked || statement.negated() ? 1 : 0;
                if (stopOnError && status != 0 && guards == 0 && !asked && !statement.negated()) {
                    leave = Leave.SHELL;
                }
            }
        }
    }

    private void pipeline(Statement statement, ProgramCall at) throws IOException, InterruptedException {
        InputStream in = at.in();
        List<Stage> stages = statement.pipeline();
        for (int i = 0; i < stages.size(); i++) {
            boolean last = i == stages.size() - 1;
            ByteArrayOutputStream pipe = new ByteArrayOutputStream();
            ProgramCall call = at.with(in, last ? at.out() : new TextOutput(pipe), at.err());
            ShellInterpreter own = stages.size() == 1 ? this : new ShellInterpreter(this);
            own.stage(stages.get(i), call, statement.line());
            status = own.status;
            in = new ByteArrayInputStream(pipe.toByteArray());
        }
        if (statement.negated()) {
            status = status == 0 ? 1 : 0;
        }
    }

    private void stage(Stage stage, ProgramCall call, int line) throws IOException, InterruptedException {
        RedirectedStreams redirected = new RedirectedStreams(call);
        for (Redirection redirection : stage.redirections()) {
            if (redirection.target() == Target.DOCUMENT && redirection.file() != null) {
                redirected.from(
                        new Expansion(this, call).text(redirection.file()).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            String file =
                    redirection.file() == null ? null : call.path(new Expansion(this, call).text(redirection.file()));
            if (redirection.target() == Target.STDIN) {
                Optional<String> problem = redirected.from(file);
                if (problem.isPresent()) {
                    status = complain(call, line, file + ": " + problem.get(), 1);
                    return;
                }
            } else {
                redirected.to(redirection.target(), file, redirection.append());
            }
        }
        if (stage.compound() != null) {
            compound(stage.compound(), redirected.call());
        } else {
            simple(stage.words(), redirected.call(), line);
        }
        Optional<String> problem = redirected.save();
        if (problem.isPresent()) {
            status = complain(call, line, problem.get(), 1);
        }
    }

    private int complain(ProgramCall call, int line, String what, int exit) throws IOException {
        return call.fail(exit, name + (name.equals("bash") ? ": line " : ": ") + line + ": " + what);
    }

    private void compound(CompoundCommand compound, ProgramCall at) throws IOException, InterruptedException {
        if (compound instanceof CompoundCommand.If one) {
            if (holds(one.condition(), at)) {
                all(one.then(), at);
            } else if (leave == Leave.NOTHING) {
                status = 0;
                all(one.otherwise(), at);
            }
        } else if (compound instanceof CompoundCommand.While loop) {
            int last = 0;
            while (holds(loop.condition(), at) != loop.until() && leave == Leave.NOTHING && loopsOn(loop.body(), at)) {
                last = status;
            }
            status = leave == Leave.NOTHING ? last : status;
        } else if (compound instanceof CompoundCommand.For loop) {
            status = 0;
            for (String word : loop.words() == null ? arguments : expanded(loop.words(), at)) {
                variables.put(loop.name(), word);
                if (!loopsOn(loop.body(), at)) {
                    break;
                }
            }
        } else if (compound instanceof CompoundCommand.Case choice) {
            choose(choice, at);
        } else if (compound instanceof CompoundCommand.Group group) {
            ShellInterpreter own = group.subshell() ? new ShellInterpreter(this) : this;
            own.all(group.body(), at);
            status = own.status;
        } else if (compound instanceof CompoundCommand.Function function) {
            functions.put(function.name(), function.body());
            status = 0;
        }
    }

    private boolean holds(List<Statement> condition, ProgramCall at) throws IOException, InterruptedException {
        guards++;
        all(condition, at);
        guards--;
        return status == 0 && leave == Leave.NOTHING;
    }

    /** One iteration of a loop. @return whether there may be another */
    private boolean loopsOn(List<Statement> body, ProgramCall at) throws IOException, InterruptedException {
        at.spend(Duration.ZERO);
        all(body, at);
        boolean left = leave == Leave.LOOP;
        leave = left || leave == Leave.LOOP_ROUND ? Leave.NOTHING : leave;
        return !left && leave == Leave.NOTHING;
    }

    private void choose(CompoundCommand.Case choice, ProgramCall at) throws IOException, InterruptedException {
        String subject = new Expansion(this, at).text(choice.subject());
        status = 0;
        for (CompoundCommand.Arm arm : choice.arms()) {
            for (Word pattern : arm.patterns()) {
                if (new Expansion(this, at).pattern(pattern).matcher(subject).matches()) {
                    all(arm.body(), at);
                    return;
                }
            }
        }
    }

    private List<String> expanded(List<Word> words, ProgramCall at) throws IOException, InterruptedException {
        List<String> texts = new ArrayList<>();
        for (Word word : words) {
            texts.addAll(new Expansion(this, at).words(word));
        }
        return texts;
    }

    private void simple(List<Word> words, ProgramCall call, int line) throws IOException, InterruptedException {
        Map<String, String> assigned = new LinkedHashMap<>();
        substituted = false;
        int first = 0;
        while (first < words.size() && assigns(words.get(first))) {
            String[] nameAndValue =
                    new Expansion(this, call).text(words.get(first++)).split("=", 2);
            assigned.put(nameAndValue[0], nameAndValue[1]);
        }
        List<String> texts = expanded(words.subList(first, words.size()), call);
        if (leave != Leave.NOTHING) {
            return;
        }
        if (texts.isEmpty()) {
            variables.putAll(assigned);
            status = substituted ? status : 0;
            return;
        }
        Map<String, String> env = new HashMap<>(variables);
        env.putAll(assigned);
        ProgramCall named = call.with(texts.get(0), texts.subList(1, texts.size()));
        CompoundCommand function = functions.get(texts.get(0));
        if (function != null) {
            call(function, named);
        } else if (!builtIn(named)) {
            Optional<MachineProgram> program = shell.find(call.machine(), texts.get(0));
            status = program.isPresent()
                    ? program.get().run(named.with(call.user(), env))
                    : complain(call, line, texts.get(0) + ": " + unknown(texts.get(0)), Shell.NOT_FOUND);
        }
    }

    private String unknown(String command) {
        return !name.equals("bash")
                ? "not found"
                : command.contains("/") ? "No such file or directory" : "command not found";
    }

    /** Whether the word is written as {@code NAME=…}, before any expansion. */
    private static boolean assigns(Word word) {
        Part part = word.parts().isEmpty()
                ? new Part(Kind.LITERAL, "", true)
                : word.parts().get(0);
        return part.kind() == Kind.LITERAL && !part.quoted() && Shell.isAssignment(part.text());
    }

    private void call(CompoundCommand function, ProgramCall call) throws IOException, InterruptedException {
        List<String> outside = arguments;
        arguments = call.args();
        compound(function, call);
        arguments = outside;
        leave = leave == Leave.FUNCTION ? Leave.NOTHING : leave;
    }

    /** Runs a built-in command. @return whether it is one */
    private boolean builtIn(ProgramCall call) throws IOException {
        List<String> args = call.args();
        int before = status;
        status = 0;
        switch (call.name()) {
            case ":" -> {}
            case "exit", "return" -> {
                leave = call.name().equals("exit") ? Leave.SHELL : Leave.FUNCTION;
                status = args.isEmpty()
                        ? before
                        : args.get(0).matches("\\d{1,9}") ? Integer.parseInt(args.get(0)) & 0xff : SYNTAX;
            }
            case "break" -> leave = Leave.LOOP;
            case "continue" -> leave = Leave.LOOP_ROUND;
            case "set" -> set(args);
            case "export", "readonly", "local" ->
                args.stream()
                        .filter(Shell::isAssignment)
                        .map(a -> a.split("=", 2))
                        .forEach(a -> variables.put(a[0], a[1]));
            case "unset" -> args.forEach(variables::remove);
            case "shift" -> arguments = arguments.subList(Math.min(1, arguments.size()), arguments.size());
            case "read" -> read(call);
            // Every command works in the user's home.
            case "cd" ->
                status = args.isEmpty() ? 0 : call.fail(1, name + ": cd: the practice machine knows the home only");
            default -> status = before;
        }
        return BUILT_IN.contains(call.name());
    }

    private void set(List<String> args) {
        int end = args.indexOf("--");
        if (end >= 0) {
            arguments = List.copyOf(args.subList(end + 1, args.size()));
        }
        for (String arg : end >= 0 ? args.subList(0, end) : args) {
            stopOnError |= arg.matches("-[a-z]*e[a-z]*");
            refusesUnset |= arg.matches("-[a-z]*u[a-z]*");
        }
    }

    /** Reads one line byte by byte, since the rest of the input belongs to other commands. */
    private void read(ProgramCall call) throws IOException {
        List<String> names =
                call.args().stream().filter(a -> !a.startsWith("-")).toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = call.in().read();
        while (next >= 0 && next != '\n') {
            bytes.write(next);
            next = call.in().read();
        }
        String line = bytes.toString(StandardCharsets.UTF_8);
        String rest = (call.has("-r") ? line : line.replaceAll("\\\\(.)", "$1")).strip();
        for (int i = 0; i < names.size(); i++) {
            String[] parts = i == names.size() - 1 ? new String[] {rest} : rest.split("\\s+", 2);
            variables.put(names.get(i), parts[0]);
            rest = parts.length > 1 ? parts[1] : "";
        }
        status = next < 0 ? 1 : 0;
    }
}
