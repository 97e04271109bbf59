package io.keylesspull.cli;

import io.keylesspull.real.Cache;
import io.keylesspull.real.HostApt;
import io.keylesspull.real.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Debian system with the current Azure CLI, bash, dash and OpenSSH's client: that of sid, since Debian 12's Azure CLI
 * 2.45 is four years old and does not fit its own SDK. Prepared once, which takes two to four minutes, and kept.
 */
final class CliSystem {

    /** Goes up when prepare-cli.sh makes something else. */
    private static final String NAME = "azure-cli-sid-1";

    private static final Duration LIMIT = Duration.ofMinutes(30);

    private CliSystem() {}

    /** Where it is; nothing may be written there. Skips the test where it cannot be had: see {@link Needs#assume}. */
    static Path directory() throws IOException, InterruptedException {
        Needs.AZURE_CLI.assume();
        return Cache.keep(NAME, CliSystem::prepare);
    }

    private static void prepare(Path part) throws IOException, InterruptedException {
        ProgramResult made =
                Confined.run(LIMIT, "prepare-cli.sh", List.of(part.toString(), HostApt.mirror(), HostApt.proxy()));
        if (made.status() != 0) {
            throw new IOException("no system with the Azure CLI: " + made.out() + made.err());
        }
    }
}
