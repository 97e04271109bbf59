package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.azure.signin.Browser;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalBrowserTest {

    private static final URI ADDRESS = URI.create("https://login.microsoftonline.com/organizations/authorize?x=1");
    private static final Browser NONE = address -> {
        throw new IOException("there is none");
    };

    private final StringWriter shown = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void theAddressCanBeCopiedWhereNoBrowserOpens(String language) throws Exception {
        browser(NONE, true, language).open(ADDRESS);

        assertThat(shown.toString().lines()).hasSize(2).endsWith(ADDRESS.toString());
    }

    @Test
    void whereNobodyReadsTheTerminalThatIsAFailure() {
        assertThatThrownBy(() -> browser(NONE, false, "en").open(ADDRESS)).isInstanceOf(IOException.class);
        assertThat(shown.toString()).isEmpty();
    }

    @Test
    void whereTheBrowserOpensNothingIsShown() throws Exception {
        browser(address -> {}, true, "en").open(ADDRESS);
        assertThat(shown.toString()).isEmpty();
    }

    private TerminalBrowser browser(Browser system, boolean person, String language) {
        return new TerminalBrowser(system, person, new PrintWriter(shown), new Texts(Locale.forLanguageTag(language)));
    }
}
