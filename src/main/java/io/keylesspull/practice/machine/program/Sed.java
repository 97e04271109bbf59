package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code sed} with {@code s} commands, basic or extended expressions, and {@code -n}, as GNU sed does. */
final class Sed implements MachineProgram {

    /** @param replacement with its own {@code \1} and {@code &} */
    private record Substitution(Pattern pattern, String replacement, boolean everywhere, boolean prints) {}

    @Override
    public int run(ProgramCall call) throws IOException {
        boolean quiet = false;
        boolean extended = false;
        List<String> scripts = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (int i = 0; i < call.args().size(); i++) {
            String arg = call.args().get(i);
            if (arg.matches("-[nEr]+e?")) {
                quiet |= arg.contains("n");
                extended |= arg.contains("E") || arg.contains("r");
            }
            if (arg.matches("-[nEr]*e") && i + 1 < call.args().size()) {
                scripts.add(call.args().get(++i));
            } else if (!arg.startsWith("-")) {
                files.add(arg);
            }
        }
        if (scripts.isEmpty() && !files.isEmpty()) {
            scripts.add(files.remove(0));
        }
        List<Substitution> substitutions = new ArrayList<>();
        for (String script : scripts) {
            Optional<String> problem = read(script, extended, substitutions);
            if (problem.isPresent()) {
                return call.fail(1, "sed: -e expression #1, char " + script.length() + ": " + problem.get());
            }
        }
        if (files.isEmpty()) {
            edit(call, new String(call.in().readAllBytes(), StandardCharsets.UTF_8), substitutions, quiet);
        }
        int status = 0;
        for (String file : files) {
            Optional<FileTree.Node> node = call.machine().files().visible(call.user(), call.path(file));
            if (node.isEmpty() || !node.get().readableBy(call.user())) {
                status = call.fail(
                        2,
                        "sed: can't read " + file + ": "
                                + (node.isEmpty() ? "No such file or directory" : "Permission denied"));
            } else {
                edit(call, new String(node.get().content(), StandardCharsets.UTF_8), substitutions, quiet);
            }
        }
        return status;
    }

    /** @return the error in the script; empty if it was parsed */
    private static Optional<String> read(String script, boolean extended, List<Substitution> into) {
        String left = script.strip();
        while (!left.isEmpty()) {
            if (left.charAt(0) != 's' || left.length() < 4) {
                return Optional.of("unknown command: `" + left.charAt(0) + "'");
            }
            char delimiter = left.charAt(1);
            int middle = unescaped(left, delimiter, 2);
            int end = middle < 0 ? -1 : unescaped(left, delimiter, middle + 1);
            if (end < 0) {
                return Optional.of("unterminated `s' command");
            }
            int after = end + 1;
            while (after < left.length() && left.charAt(after) != ';' && left.charAt(after) != '\n') {
                after++;
            }
            String flags = left.substring(end + 1, after).strip();
            if (!flags.matches("[gp]*")) {
                return Optional.of("unknown option to `s'");
            }
            String plain = left.substring(2, middle).replace("\\" + delimiter, String.valueOf(delimiter));
            try {
                into.add(new Substitution(
                        Pattern.compile(extended ? plain : extendedOf(plain)),
                        left.substring(middle + 1, end).replace("\\" + delimiter, String.valueOf(delimiter)),
                        flags.contains("g"),
                        flags.contains("p")));
            } catch (PatternSyntaxException e) {
                return Optional.of("Invalid preceding regular expression");
            }
            left = left.substring(Math.min(left.length(), after + 1)).strip();
        }
        return Optional.empty();
    }

    private static int unescaped(String text, char wanted, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** In basic regular expressions, grouping and repetition are written with a backslash. */
    private static String extendedOf(String basic) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < basic.length(); i++) {
            char c = basic.charAt(i);
            if (c == '[') {
                int end = basic.indexOf(']', basic.startsWith("[^", i) ? i + 3 : i + 2);
                end = end < 0 ? basic.length() - 1 : end;
                regex.append(basic.substring(i, end + 1)
                        .replace("\\", "\\\\")
                        .replace("[:space:]", "\\s")
                        .replace("[:alnum:]", "A-Za-z0-9"));
                i = end;
            } else if (c == '\\' && i + 1 < basic.length()) {
                char next = basic.charAt(++i);
                regex.append("(){}+?|".indexOf(next) >= 0 ? String.valueOf(next) : "\\" + next);
            } else {
                regex.append("(){}+?|".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c));
            }
        }
        return regex.toString();
    }

    private static void edit(ProgramCall call, String text, List<Substitution> substitutions, boolean quiet)
            throws IOException {
        boolean open = !text.isEmpty() && !text.endsWith("\n");
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String end = open && i == lines.size() - 1 ? "" : "\n";
            for (Substitution substitution : substitutions) {
                Matcher matcher = substitution.pattern().matcher(line);
                if (matcher.find()) {
                    line = substituted(matcher, line, substitution);
                    if (substitution.prints()) {
                        call.out().print(line + end);
                    }
                }
            }
            if (!quiet) {
                call.out().print(line + end);
            }
        }
    }

    private static String substituted(Matcher matcher, String line, Substitution substitution) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        do {
            result.append(line, from, matcher.start()).append(filled(substitution.replacement(), matcher));
            from = matcher.end();
        } while (substitution.everywhere() && matcher.find());
        return result.append(line.substring(from)).toString();
    }

    private static String filled(String replacement, Matcher matcher) {
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            char next = i + 1 < replacement.length() ? replacement.charAt(i + 1) : '\0';
            if (c == '&') {
                filled.append(matcher.group());
            } else if (c == '\\' && next >= '0' && next <= '9') {
                String group = next - '0' <= matcher.groupCount() ? matcher.group(next - '0') : "";
                filled.append(group == null ? "" : group);
                i++;
            } else if (c == '\\' && next != '\0') {
                filled.append(next == 'n' ? '\n' : next);
                i++;
            } else {
                filled.append(c);
            }
        }
        return filled.toString();
    }
}
