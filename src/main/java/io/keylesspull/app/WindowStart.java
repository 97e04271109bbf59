package io.keylesspull.app;

import io.keylesspull.network.NetworkOptions;
import io.keylesspull.ui.settings.SettingsHost;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a window begins with.
 *
 * @param arrangement the file in which the window keeps how it is arranged and what was chosen
 * @param kept what is in it
 * @param systemLanguage the language that is spoken unless one is chosen
 * @param data where runs are kept
 * @param settings the user's settings file
 */
record WindowStart(
        Path arrangement, Map<String, String> kept, Locale systemLanguage, SettingsHost.Data data, Path settings) {

    /** @param darkSystem whether the system prefers dark windows @param network what the command line says of it */
    SettingsHost host(boolean darkSystem, NetworkOptions network) {
        return new SettingsHost(
                darkSystem,
                systemLanguage,
                SpokenLanguage::fixedBy,
                data,
                new StartSettings(settings),
                options(network),
                new SettingsHost.About(
                        Version.ofProgram(), Version.licences(), new Diagnostics(data, settings, Version.all())));
    }

    private static Optional<String> options(NetworkOptions network) {
        return Optional.of(Stream.of(
                                network.proxy().map(given -> "--proxy"),
                                network.sshProxy().map(given -> "--ssh-proxy"),
                                Optional.of("--ca-file")
                                        .filter(given -> !network.certificates().isEmpty()))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(", ")))
                .filter(given -> !given.isEmpty());
    }
}
