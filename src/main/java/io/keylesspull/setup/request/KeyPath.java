package io.keylesspull.setup.request;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The path of a private key as people write it: with {@code ~} for their home, relative, or in the quotes of Windows'
 * <i>Copy as path</i>.
 */
public final class KeyPath {

    private KeyPath() {}

    /**
     * The absolute path that is meant. A relative one starts at the current folder, as in a shell.
     *
     * @param home the user's home
     * @throws InvalidPathException if this system has no such paths
     */
    public static Path absolute(String written, Path home) {
        String path = unquoted(written.strip());
        if (path.equals("~") || path.startsWith("~/") || path.startsWith("~\\")) {
            return home.resolve(path.substring(Math.min(2, path.length()))).toAbsolutePath();
        }
        return Path.of(path).toAbsolutePath();
    }

    /** Whether this system can have a file of that path. */
    static boolean isPossible(String written) {
        try {
            absolute(written, Path.of(""));
            return !unquoted(written.strip()).isBlank();
        } catch (InvalidPathException impossible) {
            return false;
        }
    }

    private static String unquoted(String path) {
        boolean quoted = path.length() > 1 && path.startsWith("\"") && path.endsWith("\"");
        return quoted ? path.substring(1, path.length() - 1) : path;
    }
}
