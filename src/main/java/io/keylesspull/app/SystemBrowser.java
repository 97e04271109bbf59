package io.keylesspull.app;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Opens addresses in the default browser, and folders in the file manager, with the system's own command. */
final class SystemBrowser {

    private static final Duration FAILS_WITHIN = Duration.ofSeconds(2);

    private final String osName;

    /** @param osName as in the system property {@code os.name} */
    SystemBrowser(String osName) {
        this.osName = osName.toLowerCase(Locale.ROOT);
    }

    List<String> command(URI address) {
        if (osName.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", address.toString());
        }
        return List.of(osName.startsWith("mac") ? "open" : "xdg-open", address.toString());
    }

    /**
     * Opens an address, and waits shortly for the system's command to report that it cannot.
     *
     * @throws IOException if there is no browser
     */
    void open(URI address) throws IOException {
        Process command = start(address);
        try {
            // A command that goes on running is the browser itself.
            if (command.waitFor(FAILS_WITHIN.toMillis(), TimeUnit.MILLISECONDS) && command.exitValue() != 0) {
                throw new IOException(command(address).get(0) + " ended with exit status " + command.exitValue());
            }
        } catch (InterruptedException e) {
            // Whoever waits for the sign-in notices it.
            Thread.currentThread().interrupt();
        }
    }

    private Process start(URI address) throws IOException {
        return new ProcessBuilder(command(address))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Does nothing if there is no browser; the page shows the address to copy. */
    void openIfPossible(URI address) {
        try {
            start(address);
        } catch (IOException noBrowser) {
            System.getLogger(SystemBrowser.class.getName()).log(System.Logger.Level.INFO, "no browser", noBrowser);
        }
    }
}
