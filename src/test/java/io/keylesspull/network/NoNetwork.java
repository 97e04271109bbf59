package io.keylesspull.network;

import java.net.ProxySelector;
import java.nio.file.Path;
import java.util.Map;

/** The network of a program that stays in practice mode: nothing is set, and nobody should ask. */
public final class NoNetwork {

    private NoNetwork() {}

    public static Network open() throws NetworkSettingsException {
        return Network.open(NetworkOptions.NONE, Path.of("no-settings.json"), Map.of(), ProxySelector.of(null));
    }
}
