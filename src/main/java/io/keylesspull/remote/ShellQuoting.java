package io.keylesspull.remote;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The one place where arguments become a line that a POSIX shell reads back as the same arguments. */
final class ShellQuoting {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /** POSIX's (XCU 2.4) and those that bash adds; as a first word they would not name a program. */
    private static final Set<String> RESERVED = Set.of("case", "coproc", "do", "done", "elif", "else", "esac", "fi",
            "for", "function", "if", "in", "select", "then", "time", "until", "while");

    private ShellQuoting() {
    }

    static String line(List<String> argv) {
        return IntStream.range(0, argv.size())
                .mapToObj(index -> argument(argv.get(index), index == 0))
                .collect(Collectors.joining(" "));
    }

    private static String argument(String argument, boolean first) {
        // A first word with "=" would be read as a variable's assignment.
        boolean plain = PLAIN.matcher(argument).matches()
                && !(first && (argument.indexOf('=') >= 0 || RESERVED.contains(argument)));
        return plain ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
