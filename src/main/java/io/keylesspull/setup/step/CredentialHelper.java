package io.keylesspull.setup.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * This program's credential helper for Docker: a shell script that gets a token of the machine's identity whenever
 * Docker signs in. The script's name says which identity it uses, so that a machine can have helpers for several
 * identities.
 *
 * @param name its name in Docker's configuration: the program's name without {@code docker-credential-}
 */
public record CredentialHelper(String name) {

    private static final String FAMILY = "acr-managed-identity";
    private static final String PROGRAM = "docker-credential-";
    /** Docker looks for it in its caller's PATH: cron's has no /usr/local, nor has that of sudo in Debian after 13. */
    private static final String FOLDER = "/usr/bin/";

    private static final String EARLIER_FOLDER = "/usr/local/bin/";

    private static final String OTHER_REGISTRY = "other_registry=''";
    private static final Pattern IN_AZURE = Pattern.compile(".+[.]azurecr[.](?:io|us|cn)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+");
    private static final String SCRIPT = read();

    /** @param clientId of a user-assigned identity; empty for the system-assigned one */
    public static CredentialHelper of(Optional<String> clientId) {
        return new CredentialHelper(clientId.map(id -> FAMILY + "-" + id).orElse(FAMILY));
    }

    /** Whether a helper in Docker's configuration is this program's, for any identity. */
    public static boolean isOne(String name) {
        return name.equals(FAMILY) || name.startsWith(FAMILY + "-");
    }

    /** The program that Docker runs for a name in its configuration. */
    public static String program(String name) {
        return PROGRAM + name;
    }

    /** Where it is on the machine. */
    public String path() {
        return FOLDER + PROGRAM + name;
    }

    /** Where the first versions of this program put it. In most PATHs that folder comes before the one of today. */
    public String earlierPath() {
        return EARLIER_FOLDER + PROGRAM + name;
    }

    /** Its text, the same for every name; ends with a line feed. It serves the registries of all Azure clouds. */
    public static String script() {
        return SCRIPT;
    }

    /**
     * Its text for a registry: {@link #script()}, unless the login server is in none of the domains of Azure's clouds.
     */
    public static String script(String loginServer) {
        return IN_AZURE.matcher(loginServer).matches()
                        || !HOST.matcher(loginServer).matches()
                ? SCRIPT
                : SCRIPT.replace(OTHER_REGISTRY, "other_registry='" + loginServer + "'");
    }

    /** Whether a Docker command's output has an error of the helper: Docker prints that and continues without it. */
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
