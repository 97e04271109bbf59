package io.keylesspull.app;

import io.keylesspull.azure.signin.Browser;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;

/**
 * Where no browser can be opened, shows the address in the terminal, for whoever sits there to open it.
 *
 * @param system opens it if it can
 * @param person whether somebody reads the terminal
 */
record TerminalBrowser(Browser system, boolean person, PrintWriter terminal, Texts texts) implements Browser {

    @Override
    public void open(URI address) throws IOException {
        try {
            system.open(address);
        } catch (IOException noBrowser) {
            if (!person) {
                throw noBrowser;
            }
            terminal.println(texts.render("app.openAddress"));
            // On a line of its own, so that it can be copied.
            terminal.println(address);
            terminal.flush();
        }
    }
}
