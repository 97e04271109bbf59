package io.keylesspull.setup.step.machine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a machine runs, read from its {@code /etc/os-release}.
 *
 * @param name as a person reads it, such as {@code Ubuntu 22.04.5 LTS}
 * @param codename the apt suite, such as {@code jammy}; may be empty
 */
record OperatingSystem(String name, String codename) {

    /**
     * The supported systems, each with the suite of Microsoft's apt repository that has its Azure CLI: its own
     * (installation page for Linux), or for Debian 13, which there is none for, the one before. The package brings its
     * own Python, so that it runs there too.
     */
    private static final Map<String, String> AZURE_CLI_SUITES = Map.of(
            "jammy",
            "jammy",
            "noble",
            "noble",
            "resolute",
            "resolute",
            "bullseye",
            "bullseye",
            "bookworm",
            "bookworm",
            "trixie",
            "bookworm");

    /** In the order of the alphabet. */
    static List<String> supportedCodenames() {
        return AZURE_CLI_SUITES.keySet().stream().sorted().toList();
    }

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
        return AZURE_CLI_SUITES.containsKey(codename);
    }

    /** The suite of Microsoft's apt repository that this system takes; only for a supported system. */
    String azureCliSuite() {
        return Optional.ofNullable(AZURE_CLI_SUITES.get(codename))
                .orElseThrow(() -> new IllegalStateException(name + " is not supported"));
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
