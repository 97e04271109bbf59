package io.keylesspull.app;

import java.util.Locale;

/** The syntax of the usual shell of each system. */
enum ShellDialect {
    /** The shells of Linux and macOS. */
    POSIX {
        @Override
        String set(String variable, String value) {
            return "export " + variable + "=" + quoted(value);
        }

        @Override
        String quoted(String word) {
            return word.matches("[\\w./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
        }
    },
    /** The shell of Windows. */
    POWERSHELL {
        @Override
        String set(String variable, String value) {
            return "$env:" + variable + " = '" + value.replace("'", "''") + "'";
        }

        @Override
        String quoted(String word) {
            return "'" + word.replace("'", "''") + "'";
        }
    };

    /** @param osName as in the system property {@code os.name} */
    static ShellDialect of(String osName) {
        return osName.toLowerCase(Locale.ROOT).startsWith("windows") ? POWERSHELL : POSIX;
    }

    /** The line that sets an environment variable for the programs that the shell starts later. */
    abstract String set(String variable, String value);

    /** The word, quoted if the shell would change it otherwise. */
    abstract String quoted(String word);
}
