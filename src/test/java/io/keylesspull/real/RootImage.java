package io.keylesspull.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The bare system of a suite that machines start from, and the package of its Azure CLI; made once, kept as files. */
final class RootImage {

    /** Goes up when prepare-root.sh makes something else. */
    private static final String VERSION = "6";

    private final Sandbox sandbox;
    private final Suite suite;
    private final Path archive;
    private final Path azureCli;
    private Disk disk;

    /** @param cache where the files are kept */
    RootImage(Sandbox sandbox, Suite suite, Path cache) {
        this.sandbox = sandbox;
        this.suite = suite;
        this.archive = cache.resolve(suite.codename() + "-" + VERSION + ".tar");
        this.azureCli = cache.resolve("azure-cli-" + suite.codename() + "-" + VERSION);
    }

    /** Has it, made first where it is not kept yet; whoever asks meanwhile waits. */
    synchronized Disk disk() throws IOException, InterruptedException {
        if (disk == null) {
            String layer = "/run/layers/" + suite.codename();
            sandbox.run("mkdir", "-p", layer);
            if (Files.exists(archive)) {
                unpack(layer);
            } else {
                make(layer);
            }
            disk = new Disk(layer, AzureCliRepository.of(sandbox, suite, azureCli));
        }
        return disk;
    }

    private void unpack(String layer) throws IOException, InterruptedException {
        sandbox.run(
                "tar", "--extract", "--numeric-owner", "--xattrs", "--file", archive.toString(), "--directory", layer);
    }

    private void make(String layer) throws IOException, InterruptedException {
        Path part = archive.resolveSibling(suite.codename() + ".part");
        sandbox.run(
                "/bin/sh",
                sandbox.script("prepare-root.sh"),
                layer,
                "http://" + Sandbox.FRONT,
                Sandbox.FRONT,
                azureCli.toString(),
                suite.codename());
        sandbox.run(
                "tar", "--create", "--numeric-owner", "--xattrs", "--file", part.toString(), "--directory", layer, ".");
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    }
}
