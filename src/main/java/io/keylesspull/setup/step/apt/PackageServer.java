package io.keylesspull.setup.step.apt;

import io.keylesspull.engine.event.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of packages that a machine does not reach, by what apt and curl print in English. Sources: apt's
 * {@code methods/connect.cc}; curl's {@code lib/connect.c}.
 */
final class PackageServer {

    private static final Pattern UNREACHED = Pattern.compile("Could not connect to (?<connect>[^\\s:]+):\\d+ \\("
            + "|Unable to connect to (?<unable>[^\\s:]+):https?:"
            + "|(?:Temporary failure resolving|Could not resolve) '(?<resolving>[^']+)'"
            + "|Could not resolve host: (?<host>\\S+)"
            + "|Failed to connect to (?<failed>\\S+) port");

    private PackageServer() {}

    /** The first that the output says is not reached. */
    static Optional<String> unreachedIn(String output) {
        Matcher found = UNREACHED.matcher(output);
        if (!found.find()) {
            return Optional.empty();
        }
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return Optional.of(found.group(group));
            }
        }
        return Optional.empty();
    }

    /** What is reported. */
    static Failure unreached(String machine, String server, String details) {
        return Failure.of("setup.packageServer", details, machine, server);
    }
}
