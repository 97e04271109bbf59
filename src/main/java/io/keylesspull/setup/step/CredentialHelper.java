package io.keylesspull.setup.step;

import io.keylesspull.engine.Failure;
import io.keylesspull.engine.StepContext;
import io.keylesspull.remote.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    private static final String NO_TOKEN = "the instance metadata service";
    private static final String SCRIPT = read();

    /** @param clientId of a user-assigned identity; empty for the system-assigned one */
    public static CredentialHelper of(Optional<String> clientId) {
        return new CredentialHelper(clientId.map(id -> FAMILY + "-" + id).orElse(FAMILY));
    }

    /** Whether a helper that Docker's configuration names is this program's, for whichever identity. */
    static boolean isOne(String name) {
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

    /** @return whether it was missing, or another text under this name */
    boolean put(StepContext context, MachineConnection connection) throws Failure, InterruptedException {
        boolean there = connection.run(context, Command.of("test", "-e", path())).ok();
        // Whole: the script names the keys of tokens, and what follows them would be masked.
        if (there && connection.run(context, Command.of("cat", path()).asConfidential()).stdout().equals(SCRIPT)
                && connection.run(context, Command.of("test", "-x", path())).ok()) {
            return false;
        }
        // A file that was there before is somebody else's: it is written over, and not taken away later.
        context.change(there ? List.of() : List.of(ChangeKind.CREDENTIAL_HELPER.of(path())), () -> {
            connection.require(context, Command.of("tee", path()).asRoot().withStdin(SCRIPT));
            return connection.require(context, Command.of("chmod", "0755", path()).asRoot());
        });
        return true;
    }

    /** Whether it complained in what a Docker command printed: Docker passes that on, and goes on without it. */
    boolean complainedIn(String output) {
        return output.contains(PROGRAM + name + ": ");
    }

    /** Whether it complained that the machine cannot get a token for its identity. */
    boolean lackedTokenIn(String output) {
        return output.contains(PROGRAM + name + ": " + NO_TOKEN);
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
