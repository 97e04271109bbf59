package io.keylesspull.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The folder for a user's data, by the convention of each system. */
final class DataFolder {

    private static final String SETTINGS = "settings.json";
    private static final String DATA_HOME = "XDG_DATA_HOME";

    private DataFolder() {}

    /** The user's settings file; parameters as of {@link #of}. */
    static Path settings(String osName, Path home, Map<String, String> environment) {
        String system = osName.toLowerCase(Locale.ROOT);
        if (system.startsWith("windows") || system.startsWith("mac")) {
            return of(osName, home, environment).resolve(SETTINGS);
        }
        // XDG Base Directory Specification, as below.
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        return (config.startsWith("/") ? Path.of(config) : home.resolve(".config"))
                .resolve("keyless-pull")
                .resolve(SETTINGS);
    }

    /** The environment variable that says where data is kept, if there is one; parameters as of {@link #of}. */
    static Optional<String> fixedBy(String osName, Map<String, String> environment) {
        String system = osName.toLowerCase(Locale.ROOT);
        return Optional.of(DATA_HOME)
                .filter(name -> !system.startsWith("windows") && !system.startsWith("mac"))
                .filter(name -> environment.getOrDefault(name, "").startsWith("/"));
    }

    /**
     * @param osName as in the system property {@code os.name}
     * @param home the user's home
     * @param environment the process's environment
     */
    static Path of(String osName, Path home, Map<String, String> environment) {
        String system = osName.toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            String local = environment.get("LOCALAPPDATA");
            return (local == null ? home.resolve("AppData").resolve("Local") : Path.of(local)).resolve("Keyless Pull");
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve("Keyless Pull");
        }
        // XDG Base Directory Specification: a relative value must be ignored.
        String data = environment.getOrDefault(DATA_HOME, "");
        return (data.startsWith("/") ? Path.of(data) : home.resolve(".local").resolve("share")).resolve("keyless-pull");
    }
}
