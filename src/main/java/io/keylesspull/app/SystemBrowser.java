package io.keylesspull.app;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Opens addresses in the default browser, and folders in the file manager, with the system's own command. */
final class SystemBrowser {

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

    /** @throws IOException if the system's command is missing */
    void open(URI address) throws IOException {
        new ProcessBuilder(command(address))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Does nothing if there is no browser; the page shows the address to copy. */
    void openIfPossible(URI address) {
        try {
            open(address);
        } catch (IOException noBrowser) {
            System.getLogger(SystemBrowser.class.getName()).log(System.Logger.Level.INFO, "no browser", noBrowser);
        }
    }
}
