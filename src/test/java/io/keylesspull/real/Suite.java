package io.keylesspull.real;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The Debian suites that machines are made of, from the oldest programs to today's. Sid calls itself Debian 13 here,
 * since it is no release: it is there for its programs.
 *
 * <p>{@code -Dreal.suites} says which are tried, all of them if it is not given; of a suite with {@code :decisive}
 * after its name only the cases that depend most on the version of a program: {@code bookworm,trixie:decisive}.
 */
enum Suite {
    BOOKWORM,
    TRIXIE,
    SID;

    private static final String DECISIVE = ":decisive";

    /** Those that are tried at all. */
    static Stream<Suite> tried() {
        return chosen().stream().map(name -> valueOf(name.replace(DECISIVE, "").toUpperCase(Locale.ROOT)));
    }

    /** Whether every case is tried on it. */
    boolean whole() {
        return chosen().contains(codename());
    }

    private static List<String> chosen() {
        return List.of(System.getProperty(
                        "real.suites",
                        String.join(
                                ",",
                                Arrays.stream(values()).map(Suite::codename).toList()))
                .split(","));
    }

    /** As apt names it. */
    String codename() {
        return name().toLowerCase(Locale.ROOT);
    }
}
