package io.keylesspull.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The Debian system that every machine starts from, and the package of the Azure CLI; made once, kept as files. */
final class RootImage {

    /** Below the disks of all machines, inside the sandbox. */
    static final String LAYER = "/run/layers/debian";
    /** Goes up when prepare-root.sh makes something else. */
    private static final String VERSION = "5";

    private final Path archive;
    private final Path azureCli;

    /** @param cache where the files are kept */
    RootImage(Path cache) {
        this.archive = cache.resolve("bookworm-" + VERSION + ".tar");
        this.azureCli = cache.resolve("azure-cli-" + VERSION);
    }

    /** Has the system at {@link #LAYER}, made first where it is not kept yet. */
    void unpack(Sandbox sandbox) throws IOException, InterruptedException {
        sandbox.run("mkdir", "-p", LAYER);
        if (Files.exists(archive)) {
            sandbox.run(
                    "tar",
                    "--extract",
                    "--numeric-owner",
                    "--xattrs",
                    "--file",
                    archive.toString(),
                    "--directory",
                    LAYER);
            return;
        }
        Path newArchive = archive.resolveSibling("bookworm.part");
        sandbox.run(
                "/bin/sh",
                sandbox.script("prepare-root.sh"),
                LAYER,
                "http://" + Sandbox.FRONT,
                Sandbox.FRONT,
                azureCli.toString());
        sandbox.run(
                "tar",
                "--create",
                "--numeric-owner",
                "--xattrs",
                "--file",
                newArchive.toString(),
                "--directory",
                LAYER,
                ".");
        Files.move(newArchive, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The directory of the Azure CLI's packages; there once the system was unpacked. */
    Path azureCli() {
        return azureCli;
    }
}
