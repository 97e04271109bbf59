package io.keylesspull.remote;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The one place where arguments become a line that a POSIX shell reads back as the same arguments. */
final class ShellQuoting {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellQuoting() {
    }

    static String line(List<String> argv) {
        return IntStream.range(0, argv.size())
                .mapToObj(index -> argument(argv.get(index), index == 0))
                .collect(Collectors.joining(" "));
    }

    private static String argument(String argument, boolean first) {
        // A first word with "=" would be read as a variable's assignment.
        boolean plain = PLAIN.matcher(argument).matches() && !(first && argument.indexOf('=') >= 0);
        return plain ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
