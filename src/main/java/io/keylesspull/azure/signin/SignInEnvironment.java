package io.keylesspull.azure.signin;

import io.keylesspull.text.Texts;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * What sign-ins use of this computer.
 *
 * @param variables the environment variables
 * @param texts the language of the page that ends a sign-in in the browser
 */
public record SignInEnvironment(Browser browser, Map<String, String> variables, Texts texts) {

    /** A computer without a browser and without environment variables. */
    public static SignInEnvironment bare() {
        return new SignInEnvironment(
                address -> {
                    throw new IOException("There is no browser.");
                },
                Map.of(),
                new Texts(Locale.ENGLISH));
    }
}
