package io.keylesspull.setup.step.machine;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a machine runs, read from its {@code /etc/os-release}.
 *
 * @param name as a person reads it, such as {@code Ubuntu 22.04.5 LTS}
 * @param codename the apt suite, such as {@code jammy}; may be empty
 */
record OperatingSystem(String name, String codename) {

    /** The suites for which Microsoft tests the apt package of the Azure CLI (its installation page for Linux). */
    private static final Set<String> SUPPORTED = Set.of("jammy", "noble", "bullseye", "bookworm");

    static OperatingSystem parse(String osRelease) {
        Map<String, String> values = osRelease
                .lines()
                .filter(line -> line.contains("="))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0].trim(), pair -> unquoted(pair[1].trim()), (a, b) -> b));
        return new OperatingSystem(
                values.getOrDefault("PRETTY_NAME", values.getOrDefault("ID", "?")),
                values.getOrDefault("VERSION_CODENAME", ""));
    }

    boolean supported() {
        return SUPPORTED.contains(codename);
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    @Override
    public String toString() {
        return name;
    }
}
