package io.keylesspull.app;

import java.util.Locale;

/** How the shell that people mostly have on their system takes settings. */
enum ShellDialect {
    /** Any shell of Linux and macOS (POSIX). */
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
    /** That of Windows. */
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

    /** The line that sets a variable of the environment for what the shell starts later. */
    abstract String set(String variable, String value);

    /** A word that the shell takes as it stands. */
    abstract String quoted(String word);
}
