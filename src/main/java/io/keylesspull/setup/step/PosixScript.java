package io.keylesspull.setup.step;

import io.keylesspull.remote.Command;
import io.keylesspull.setup.step.Script.Piece.Environment;
import io.keylesspull.setup.step.Script.Piece.Text;
import io.keylesspull.setup.step.Script.Piece.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** For a POSIX shell, the Azure CLI and OpenSSH. */
public final class PosixScript extends Script {

    private static final String HEAD = """
            #!/bin/sh
            # Works in your own Azure, also if it was written in practice mode. What it makes costs money.
            # Stops at the first command that fails: run it as a file, a shell that you type it into would end.
            set -eu
            """;

    private static final String RUN_COMMAND = """
              run_group=$1 run_vm=$2 run_user=$3
              shift 3
              if [ "$1" = -n ]; then shift; run_input=; else run_input=$(cat); fi
              run_exit=1
              if az vm run-command create --resource-group "$run_group" --vm-name "$run_vm" --name by-hand \\
                --script 'printf %s "$KP_INPUT" | runuser -s /bin/sh "$KP_USER" -c "cd; $KP_LINE"' \\
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
    private String sudo = "";

    /** A whole script, to be saved and run. */
    public static String whole(List<Line> lines) {
        StringBuilder text = new StringBuilder(HEAD);
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
        line(variable + "=$(" + Command.of(argv).shellLine() + ")");
    }

    @Override
    public void require(String variable, String words) {
        line(": \"${" + variable + ":?Set it to " + words + "}\"");
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
        line("cat > " + word(file) + " <<'END_OF_FILE'\n" + String.join("\n", text) + "\nEND_OF_FILE");
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
    private static String remoteWords(List<Piece> line) {
        if (line.stream().allMatch(Text.class::isInstance)) {
            return word(line.stream().map(piece -> ((Text) piece).text()).collect(Collectors.joining()));
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
        retry(machine + remoteWords(line), between.isEmpty() ? "" : machine + remoteWords(between));
    }

    private void retry(String command, String between) {
        line("tries=0\nuntil " + command
                + "; do\n  tries=$((tries + 1))\n  [ \"$tries\" -lt " + TRIES + " ] || exit 1\n  sleep "
                + SECONDS_BETWEEN
                + "\n" + (between.isEmpty() ? "" : "  " + between + "\n") + "done");
    }

    @Override
    public void keepDigests(String variable, int times, List<String> argv, List<String> between) {
        line("pulled() {\n  " + Command.of(argv.toArray(String[]::new)).shellLine() + "\n}");
        retry(
                "[ \"$(pulled | grep -o '@sha256:[0-9a-f]*' | wc -l)\" -eq " + times + " ]",
                Command.of(between.toArray(String[]::new)).shellLine());
        line(variable + "=$(pulled | grep -o 'sha256:[0-9a-f]*' | sort -u)");
    }

    @Override
    public void keepFirst(String variable, String of) {
        line(variable + "=$(printf '%s\\n' \"$" + of + "\" | head -n 1)");
    }

    @Override
    public void compare(String where, String pulled, String digest) {
        line("case $" + pulled + " in\n  *@\"$" + digest + "\"* | \"$" + digest + "\") echo "
                + word("Proven on " + where) + " \"$" + digest + "\" ;;\n  *) echo " + word("Not proven on " + where)
                + " \"$" + pulled + " is not $" + digest + "\" >&2; exit 1 ;;\nesac");
    }
}
