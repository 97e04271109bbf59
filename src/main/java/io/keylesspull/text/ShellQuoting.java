package io.keylesspull.text;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Quotes arguments so that a POSIX shell reads the line as the same arguments. Nothing else quotes for machines. */
public final class ShellQuoting {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /** Reserved words of POSIX (XCU 2.4) and bash. Unquoted, they are not program names as the first word. */
    private static final Set<String> RESERVED = Set.of(
            "case",
            "coproc",
            "do",
            "done",
            "elif",
            "else",
            "esac",
            "fi",
            "for",
            "function",
            "if",
            "in",
            "select",
            "then",
            "time",
            "until",
            "while");

    private ShellQuoting() {}

    public static String line(List<String> argv) {
        return IntStream.range(0, argv.size())
                .mapToObj(index -> argument(argv.get(index), index == 0))
                .collect(Collectors.joining(" "));
    }

    private static String argument(String argument, boolean first) {
        // A first word with "=" would be read as the assignment of a variable.
        boolean plain = PLAIN.matcher(argument).matches()
                && !(first && (argument.indexOf('=') >= 0 || RESERVED.contains(argument)));
        return plain ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
