package io.keylesspull.setup.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The credential helper for Docker that this program brings along: a shell script that gets a token from the machine's
 * identity whenever Docker wants to sign in. The script says which identity it takes by what it is called, so that
 * helpers of several identities stand side by side on a machine.
 *
 * @param name what Docker's configuration calls it: the program's name without {@code docker-credential-}
 */
public record CredentialHelper(String name) {

    private static final String FAMILY = "acr-managed-identity";
    private static final String PROGRAM = "docker-credential-";
    private static final String FOLDER = "/usr/local/bin/";
    private static final String SCRIPT = read();

    /** @param clientId of a user-assigned identity; empty for the system-assigned one */
    public static CredentialHelper of(Optional<String> clientId) {
        return new CredentialHelper(clientId.map(id -> FAMILY + "-" + id).orElse(FAMILY));
    }

    /** Whether a helper that Docker's configuration names is this program's, for whichever identity. */
    public static boolean isOne(String name) {
        return name.equals(FAMILY) || name.startsWith(FAMILY + "-");
    }

    /** Where it is on the machine. */
    public String path() {
        return FOLDER + PROGRAM + name;
    }

    /** Its text, the same whatever it is called; it ends with a line end. */
    public static String script() {
        return SCRIPT;
    }

    /** Whether it complained in what a Docker command printed: Docker passes that on, and goes on without it. */
    public boolean complainedIn(String output) {
        return output.contains(PROGRAM + name + ": ");
    }

    private static String read() {
        try (InputStream in = CredentialHelper.class.getResourceAsStream(PROGRAM + FAMILY)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return PROGRAM + name;
    }
}
