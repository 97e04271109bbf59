package io.keylesspull.ui.settings;

import io.keylesspull.engine.event.Failure;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the program tells its settings page, and does for it. Nothing is null.
 *
 * @param darkSystem whether the system prefers dark windows
 * @param systemLanguage the language that is spoken unless one is chosen
 * @param fixedLanguage finds what fixes the language, such as an option of Java's; empty if the choice on the page
 *     holds
 * @param data where runs are kept
 * @param start keeps what holds from the next start on
 * @param fixedNetwork the options of the command line that win over it, in one text; empty if none was given
 * @param about what the program is
 */
public record SettingsHost(
        boolean darkSystem,
        Locale systemLanguage,
        Supplier<Optional<String>> fixedLanguage,
        Data data,
        StartStore start,
        Optional<String> fixedNetwork,
        About about) {

    /**
     * @param version of the program; empty for one that is not packaged
     * @param licences the file with the licences of what is bundled; empty where there is none
     */
    public record About(Optional<String> version, Optional<Path> licences, Diagnostics diagnostics) {}

    /** Collects what is needed to find a fault. Nothing secret is in it. */
    @FunctionalInterface
    public interface Diagnostics {

        /** Blocks. */
        String collect();
    }

    /**
     * @param now where runs are kept until the program ends
     * @param standard where they are kept unless another folder is chosen
     * @param fixedBy the environment variable that fixes it; empty if the choice on the page holds
     * @param configuration where the settings themselves are kept
     */
    public record Data(Path now, Path standard, Optional<String> fixedBy, Path configuration) {}

    /**
     * The network as it is set, each empty if it is not set.
     *
     * @param proxy an HTTP proxy for requests; a password in it is masked
     * @param sshProxy a proxy for SSH; likewise
     * @param caFile a file of certificate authorities to trust
     */
    public record NetworkEntry(String proxy, String sshProxy, String caFile) {

        /** Nothing is set. */
        public static final NetworkEntry NONE = new NetworkEntry("", "", "");
    }

    /** Keeps what holds from the next start on. Both methods block. */
    public interface StartStore {

        NetworkEntry read() throws Failure;

        /**
         * Checks what is chosen, and keeps the network's part. A password that is masked still is the one from before.
         *
         * @param dataFolder is created if it is missing; empty for the standard one
         * @throws Failure if something in it cannot be used, or cannot be written
         */
        void write(NetworkEntry network, String dataFolder) throws Failure;
    }
}
