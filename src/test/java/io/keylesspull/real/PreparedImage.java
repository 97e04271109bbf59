package io.keylesspull.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What the product's own steps made of a machine, Docker and the Azure CLI on it, as the start of others: so that what
 * goes wrong later on a machine can be tried out without installing anew. Made once, kept as a file.
 */
final class PreparedImage {

    private static final String LAYER = "/run/layers/prepared";
    /** Goes up when the product installs something else. */
    private static final String VERSION = "1";

    private final Path archive;

    /** @param cache where the file is kept */
    PreparedImage(Path cache) {
        archive = cache.resolve("prepared-" + VERSION + ".tar");
    }

    boolean isThere() {
        return Files.exists(archive);
    }

    /** Keeps what {@link RealMachine#seal} left. @param disk its directory in the sandbox */
    void keep(Sandbox sandbox, String disk) throws IOException, InterruptedException {
        Path part = archive.resolveSibling("prepared.part");
        sandbox.run("tar", "--create", "--numeric-owner", "--xattrs", "--xattrs-include=*", "--file", part.toString(),
                "--directory", disk, ".");
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @return what machines start from, by overlay's rules */
    String unpack(Sandbox sandbox) throws IOException, InterruptedException {
        sandbox.run("mkdir", LAYER);
        sandbox.run("tar", "--extract", "--numeric-owner", "--xattrs", "--xattrs-include=*", "--file",
                archive.toString(), "--directory", LAYER);
        return LAYER + ":" + RootImage.LAYER;
    }
}
