package io.keylesspull.setup.step;

import io.keylesspull.remote.Command;
import io.keylesspull.setup.step.Script.Piece.Environment;
import io.keylesspull.setup.step.Script.Piece.Text;
import io.keylesspull.setup.step.Script.Piece.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** For a POSIX shell, the Azure CLI and OpenSSH. */
public final class PosixScript extends Script {

    private static final String HEAD = """
            #!/bin/sh
            # Works in your own Azure, also if it was written in practice mode.%s
            # Stops at the first command that fails: run it as a file, a shell that you type it into would end.
            set -eu
            """;

    private static final String RUN_COMMAND = """
              run_group=$1 run_vm=$2 run_user=$3
              shift 3
              if [ "$1" = -n ]; then shift; run_input=; else run_input=$(cat); fi
              run_exit=1
              if az vm run-command create --resource-group "$run_group" --vm-name "$run_vm" --name by-hand \\
                --script "printf %s \\"\\$KP_INPUT\\" | runuser -s /bin/sh \\"\\$KP_USER\\" -c \\"cd; \\$KP_LINE\\"" \\
                --protected-parameters "KP_USER=$run_user" "KP_LINE=$*" "KP_INPUT=$run_input" --output none; then
                az vm run-command show --resource-group "$run_group" --vm-name "$run_vm" --name by-hand \\
                  --expand instanceView --query instanceView.output --output tsv
                az vm run-command show --resource-group "$run_group" --vm-name "$run_vm" --name by-hand \\
                  --expand instanceView --query instanceView.error --output tsv >&2
                run_exit=$(az vm run-command show --resource-group "$run_group" --vm-name "$run_vm" --name by-hand \\
                  --expand instanceView --query instanceView.exitCode --output tsv)
              fi
              az vm run-command delete --resource-group "$run_group" --vm-name "$run_vm" --name by-hand \\
                --yes --output none
              [ "$run_exit" = 0 ]""";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]*");

    private final Set<String> defined = new HashSet<>();
    private String machine = "";
    private boolean byFunction;
    private String sudo = "";

    /** A whole script, to be saved and run. @param costs whether what it makes is paid for */
    public static String whole(List<Line> lines, boolean costs) {
        StringBuilder text = new StringBuilder(HEAD.formatted(costs ? COSTS : ""));
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    @Override
    public void run(List<Piece> words) {
        line(words.stream().map(PosixScript::argument).collect(Collectors.joining(" ")));
    }

    private static String argument(Piece piece) {
        if (piece instanceof Variable variable) {
            return "\"$" + variable.name() + "\"";
        }
        return piece instanceof Environment environment
                ? "\"$" + environment.name() + "\""
                : word(((Text) piece).text());
    }

    @Override
    public void keep(String variable, String... argv) {
        keeping(variable, variable + "=$(" + Command.of(argv).shellLine() + ")");
    }

    @Override
    public void require(String variable, String words) {
        requirement(": \"${" + variable + ":?Set it to " + words + "}\"");
    }

    @Override
    public void runUnless(String said, String says, String... argv) {
        line(said + "=$(" + Command.of(argv).shellLine() + " 2>&1) || case \"$" + said + "\" in\n"
                + "  *\"" + says + "\"*) ;;\n"
                + "  *) printf '%s\\n' \"$" + said + "\" >&2; exit 1 ;;\n"
                + "esac");
    }

    @Override
    public void write(String file, List<String> text) {
        writing("cat > " + word(file) + " <<'END_OF_FILE'\n" + String.join("\n", text) + "\nEND_OF_FILE");
    }

    @Override
    public void writeFilled(String file, String text) {
        line("cat > " + word(file) + " <<END_OF_FILE\n" + text + "\nEND_OF_FILE");
    }

    @Override
    public void overSsh(List<String> argv, String user, boolean dockerBySudo) {
        List<String> command = new ArrayList<>(argv);
        command.add(user);
        machine = Command.of(command.toArray(String[]::new)).shellLine() + "@\"$address\" ";
        byFunction = false;
        sudo = dockerBySudo ? "sudo " : "";
    }

    @Override
    public void byRunCommand(String group, String name, String user, boolean dockerBySudo) {
        function(
                "run_command",
                "Runs a command on a machine by Run Command: group, machine, user, -n for no input, the command. "
                        + "Azure returns the last 4,096 bytes of its output",
                RUN_COMMAND);
        machine = Command.of("run_command", group, name, user, "-n").shellLine() + " ";
        byFunction = true;
        sudo = dockerBySudo ? "sudo " : "";
    }

    private void function(String name, String words, String body) {
        if (defined.add(name)) {
            comment(words);
            line(name + "() {\n" + body + "\n}");
        }
    }

    @Override
    public String sudo() {
        return sudo;
    }

    @Override
    public void remote(List<Piece> line) {
        line(machine + remoteWords(line));
    }

    /** Words whose values this computer's shell fills in; what they come to is joined with blanks for the machine's. */
    private String remoteWords(List<Piece> line) {
        if (line.stream().allMatch(Text.class::isInstance)) {
            String text = line.stream().map(piece -> ((Text) piece).text()).collect(Collectors.joining());
            // In single quotes it would look as if this shell's values were meant (ShellCheck's SC2016); ssh is known.
            return byFunction && text.contains("$") ? filled(List.of(text(text))) : word(text);
        }
        List<String> words = new ArrayList<>();
        List<String> literal = new ArrayList<>();
        for (List<Piece> token : tokens(line)) {
            if (token.stream().allMatch(Text.class::isInstance)) {
                literal.add(((Text) token.get(0)).text());
            } else {
                flush(literal, words);
                words.add(filled(token));
            }
        }
        flush(literal, words);
        return String.join(" ", words);
    }

    private static void flush(List<String> literal, List<String> words) {
        if (!literal.isEmpty()) {
            boolean plain =
                    literal.stream().allMatch(text -> PLAIN.matcher(text).matches());
            words.add(plain ? String.join(" ", literal) : word(String.join(" ", literal)));
            literal.clear();
        }
    }

    private static String filled(List<Piece> token) {
        boolean plain = token.stream()
                .allMatch(piece -> !(piece instanceof Text text)
                        || PLAIN.matcher(text.text()).matches());
        if (plain) {
            return token.stream()
                    .map(piece -> piece instanceof Text text ? text.text() : argument(piece))
                    .collect(Collectors.joining());
        }
        return token.stream()
                .map(piece -> piece instanceof Text text
                        ? text.text().replaceAll("([\\\\\"$`])", "\\\\$1")
                        : "$" + ((Variable) piece).name())
                .collect(Collectors.joining("", "\"", "\""));
    }

    /** What stands between blanks. */
    private static List<List<Piece>> tokens(List<Piece> line) {
        List<List<Piece>> tokens = new ArrayList<>();
        List<Piece> current = new ArrayList<>();
        for (Piece piece : line) {
            if (!(piece instanceof Text text)) {
                current.add(piece);
                continue;
            }
            String[] parts = text.text().split(" ", -1);
            for (int i = 0; i < parts.length; i++) {
                if (i > 0 && !current.isEmpty()) {
                    tokens.add(List.copyOf(current));
                    current.clear();
                }
                if (!parts[i].isEmpty()) {
                    current.add(text(parts[i]));
                }
            }
        }
        if (!current.isEmpty()) {
            tokens.add(List.copyOf(current));
        }
        return tokens;
    }

    @Override
    public void tryRemote(String line) {
        line("set +e");
        remote(line);
        line("set -e");
    }

    @Override
    public void remoteWithInput(String name, String words, String input, List<Piece> line) {
        String end = "END_OF_" + name.toUpperCase(Locale.ROOT);
        function(name, words + ", handed to the command that follows", "\"$@\" <<'" + end + "'\n" + input + end);
        // Input comes from here: ssh and run_command must not turn it off.
        line(name + " " + machine.replaceFirst(" -n", "") + remoteWords(line));
    }

    @Override
    public void keepRemote(String variable, List<Piece> line) {
        line(variable + "=$(" + machine + remoteWords(line) + ")");
    }

    @Override
    public void retryRemote(List<Piece> line, List<Piece> between) {
        retry(machine + remoteWords(line), between.isEmpty() ? "" : machine + remoteWords(between), "exit 1");
    }

    private void retry(String command, String between, String giveUp) {
        line("tries=0\nuntil " + command
                + "; do\n  tries=$((tries + 1))\n  [ \"$tries\" -lt " + TRIES + " ] || " + giveUp + "\n  sleep "
                + SECONDS_BETWEEN
                + "\n" + (between.isEmpty() ? "" : "  " + between + "\n") + "done");
    }

    @Override
    public void keepDigests(String variable, int times, List<String> argv, List<String> between) {
        line("pulled() {\n  " + Command.of(argv.toArray(String[]::new)).shellLine() + "\n}");
        retry(
                "[ \"$(pulled | grep -o '@sha256:[0-9a-f]*' | wc -l)\" -eq " + times + " ]",
                Command.of(between.toArray(String[]::new)).shellLine(),
                "break");
        line(variable + "=$(pulled | grep -o 'sha256:[0-9a-f]*' | sort -u)");
        line("[ \"$tries\" -lt " + TRIES + " ] || " + variable + "='what is not pulled everywhere'");
    }

    @Override
    public void awaitNothing(List<String> argv, String stays) {
        line("tries=0\nwhile ! left=$("
                + Command.of(argv.toArray(String[]::new)).shellLine()
                + ") || [ -n \"$left\" ]; do\n  tries=$((tries + 1))\n  if [ \"$tries\" -ge " + LOOKS + " ]; then\n"
                + "    echo " + word(stays) + " >&2\n    break\n  fi\n  sleep " + SECONDS_BETWEEN + "\ndone");
    }

    @Override
    public void proveInstances(Instances of, Optional<String> digest) {
        String wanted = digest.orElse("first");
        if (digest.isEmpty()) {
            line(wanted + "=");
        }
        line("instances=$(" + Command.of(of.list().toArray(String[]::new)).shellLine() + ")");
        line("[ -n \"$instances\" ] || { echo " + word("Not proven on " + of.set() + ": it has no instances")
                + " >&2; exit 1; }");
        line("instances=$(printf '%s\\n' \"$instances\" | awk 'BEGIN { srand() } { print rand(), $0 }' | sort"
                + " | head -n " + of.most() + " | cut -d ' ' -f 2)");
        String ask = of.ask().stream()
                .map(word -> word.size() == 1 ? argument(word.get(0)) : filled(word))
                .collect(Collectors.joining(" "));
        String loop = "said=$(" + ask + " 2>&1) || true\n"
                + "pulled=$(printf '%s\\n' \"$said\" | sed -n 's/^\\[\"[^\"]*@\\(sha256:[0-9a-f]*\\)\".*/\\1/p')\n"
                + "[ -z \"$pulled\" ] || break\n"
                + "tries=$((tries + 1))\n"
                + "if [ \"$tries\" -ge " + of.tries() + " ]; then\n"
                + "  printf '%s\\n' \"Not proven on $instance, which has not pulled. It says:\" \"$said\" >&2\n"
                + "  exit 1\n"
                + "fi\n"
                + "sleep " + SECONDS_BETWEEN;
        line("tries=0\nfor instance in $instances; do\n  while true; do\n" + loop.indent(4) + "  done\n"
                + (digest.isEmpty() ? "  : \"${" + wanted + ":=$pulled}\"\n" : "")
                + comparison("\"Proven on $instance\"", "\"Not proven on $instance:\"", "pulled", wanted)
                        .indent(2)
                + "done");
    }

    @Override
    public void keepFirst(String variable, String of) {
        keeping(variable, variable + "=$(printf '%s\\n' \"$" + of + "\" | head -n 1)");
    }

    @Override
    public void compare(String where, String pulled, String digest) {
        line(comparison(word("Proven on " + where), word("Not proven on " + where + ":"), pulled, digest));
    }

    /** @param proven what it says before the digest @param not what it says if they differ; both words of a shell */
    private static String comparison(String proven, String not, String pulled, String digest) {
        return "case $" + pulled + " in\n  *@\"$" + digest + "\"* | \"$" + digest + "\") echo " + proven + " \"$"
                + digest + "\" ;;\n  *) echo " + not + " \"$" + pulled + " is not $" + digest
                + "\" >&2; exit 1 ;;\nesac";
    }
}
