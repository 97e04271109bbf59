package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.shell.ShellSyntax.Kind;
import io.keylesspull.practice.machine.shell.ShellSyntax.Part;
import io.keylesspull.practice.machine.shell.ShellSyntax.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expands words: variables, outputs of commands, wildcards. */
final class Expansion {

    private static final Pattern PARAMETER =
            Pattern.compile("(?s)([A-Za-z_]\\w*|[0-9?#$@*])(?:(:?[-=+?]|##?|%%?)(.*))?");

    private final ShellInterpreter run;
    private final ProgramCall at;

    Expansion(ShellInterpreter run, ProgramCall at) {
        this.run = run;
        this.at = at;
    }

    /** A word becomes none (an unset variable), one, or several words (wildcards, unquoted blanks). */
    List<String> words(Word word) throws IOException, InterruptedException {
        List<StringBuilder> results = new ArrayList<>();
        StringBuilder current = null;
        boolean wild = false;
        for (int i = 0; i < word.parts().size(); i++) {
            Part part = word.parts().get(i);
            if (isAllArguments(part)) {
                for (String argument : run.arguments()) {
                    if (argument != run.arguments().get(0)) {
                        results.add(current);
                        current = null;
                    }
                    current = (current == null ? new StringBuilder() : current).append(argument);
                }
                boolean nothing = run.arguments().isEmpty() && current != null && current.isEmpty();
                current = nothing ? null : current;
                continue;
            }
            String value = i == 0 ? home(part, value(part)) : value(part);
            if (part.kind() == Kind.LITERAL || part.quoted()) {
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
            List<String> paths =
                    at.machine().files().matching(at.path(results.get(0).toString()));
            if (!paths.isEmpty()) {
                return paths;
            }
        }
        return results.stream().map(StringBuilder::toString).toList();
    }

    private static boolean isAllArguments(Part part) {
        return part.kind() == Kind.VARIABLE && part.text().equals("@");
    }

    private String home(Part part, String value) {
        boolean home = part.kind() == Kind.LITERAL && !part.quoted() && (value.equals("~") || value.startsWith("~/"));
        return home ? at.user().home() + value.substring(1) : value;
    }

    /** The word as one text, as in an assignment: without word splitting and wildcards. */
    String text(Word word) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (Part part : word.parts()) {
            text.append(text.isEmpty() ? home(part, value(part)) : value(part));
        }
        return text.toString();
    }

    /** The word as a pattern of {@code case}: quoted parts match literally. */
    Pattern pattern(Word word) throws IOException, InterruptedException {
        StringBuilder regex = new StringBuilder();
        for (Part part : word.parts()) {
            String value = value(part);
            regex.append(part.quoted() ? value.isEmpty() ? "" : Pattern.quote(value) : glob(value, true));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static String glob(String pattern, boolean greedy) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int end = c == '[' ? pattern.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(greedy ? ".*" : ".*?");
            } else if (c == '?') {
                regex.append('.');
            } else if (end > 0) {
                regex.append('[').append(pattern, i + 1, end).append(']');
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString().replace("[!", "[^");
    }

    private String value(Part part) throws IOException, InterruptedException {
        return switch (part.kind()) {
            case LITERAL -> part.text();
            case VARIABLE -> parameter(part.text());
            case COMMAND -> run.output(part.text(), at);
            case ARITHMETIC -> arithmetic(word(part.text()));
        };
    }

    private String arithmetic(String text) throws IOException {
        try {
            return String.valueOf(Arithmetic.of(text, name -> run.variable(name).orElse("0")));
        } catch (ArithmeticException invalid) {
            return run.fail(at, "arithmetic expression: " + invalid.getMessage() + ": \"" + text + "\"");
        }
    }

    private String parameter(String text) throws IOException, InterruptedException {
        if (text.length() > 1 && text.startsWith("#")) {
            return String.valueOf(run.variable(text.substring(1)).orElse("").length());
        }
        Matcher parts = PARAMETER.matcher(text);
        if (!parts.matches()) {
            return run.fail(at, "Bad substitution");
        }
        String name = parts.group(1);
        String operator = parts.group(2) == null ? "" : parts.group(2);
        String set = run.variable(name).orElse(null);
        boolean missing = set == null || operator.startsWith(":") && set.isEmpty();
        String value = set == null ? "" : set;
        return switch (operator.replace(":", "")) {
            case "-" -> missing ? word(parts.group(3)) : value;
            case "+" -> missing ? "" : word(parts.group(3));
            case "=" -> missing ? run.assign(name, word(parts.group(3))) : value;
            case "?" -> missing ? run.fail(at, name + ": " + word(parts.group(3))) : value;
            case "#" -> value.replaceFirst("(?s)^" + glob(word(parts.group(3)), false), "");
            case "##" -> value.replaceFirst("(?s)^" + glob(word(parts.group(3)), true), "");
            case "%" -> withoutEnd(value, glob(word(parts.group(3)), true), false);
            case "%%" -> withoutEnd(value, glob(word(parts.group(3)), true), true);
            default -> set == null && run.refusesUnset() ? run.fail(at, name + ": parameter not set") : value;
        };
    }

    private static String withoutEnd(String value, String regex, boolean longest) {
        Pattern end = Pattern.compile(regex, Pattern.DOTALL);
        for (int i = 0; i <= value.length(); i++) {
            int cut = longest ? i : value.length() - i;
            if (end.matcher(value.substring(cut)).matches()) {
                return value.substring(0, cut);
            }
        }
        return value;
    }

    private String word(String text) throws IOException, InterruptedException {
        try {
            return text(WordParser.quoted(text));
        } catch (ShellSyntax.SyntaxException e) {
            return run.fail(at, e.getMessage());
        }
    }
}
