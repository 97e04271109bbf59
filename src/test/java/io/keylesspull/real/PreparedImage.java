package io.keylesspull.real;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What the product's own steps made of a machine, Docker and the Azure CLI on it, as the start of others: so that what
 * goes wrong later on a machine can be tried out without installing anew. Made once, kept as a file.
 */
final class PreparedImage {

    /** Goes up when the product installs something else, or another state of the machine is kept. */
    private static final String VERSION = "6";

    private final RealWorld world;
    private final Sandbox sandbox;
    private final Suite suite;
    private final Path archive;
    private Disk disk;

    /** @param cache where the file is kept */
    PreparedImage(RealWorld world, Sandbox sandbox, Suite suite, Path cache) {
        this.world = world;
        this.sandbox = sandbox;
        this.suite = suite;
        archive = cache.resolve("prepared-" + suite.codename() + "-" + VERSION + ".tar");
    }

    /**
     * Has it, made first where it is not kept yet; whoever asks meanwhile waits, while tests that need a bare machine
     * only go on.
     */
    synchronized Disk disk() throws Exception {
        if (disk == null) {
            Disk bare = world.bare(suite);
            disk = new Disk((Files.exists(archive) ? unpack() : make(bare)) + ":" + bare.layers(), bare.azureCli());
        }
        return disk;
    }

    private String make(Disk bare) throws Exception {
        Path folder = Files.createDirectory(sandbox.folder().resolve("preparing-" + suite.codename()));
        try (RealBench bench = RealBench.in(world, bare, Pace.INSTANT, folder, Time.system())) {
            String machine = bench.makeMachine("bare");
            Account account = bench.run(
                    Bench.setup("bare", Bench.USER_ASSIGNED, "practiceclassic", "aci-helloworld:v1"), event -> {});
            if (account.result() != RunResult.SUCCEEDED) {
                throw new IllegalStateException("no machine with Docker and the Azure CLI: " + account.report());
            }
            String layer = layer();
            bench.machine(machine).seal(layer);
            keep(layer);
            return layer;
        }
    }

    private String layer() {
        return "/run/layers/prepared-" + suite.codename();
    }

    /** @param layer its directory in the sandbox */
    private void keep(String layer) throws IOException, InterruptedException {
        Path part = archive.resolveSibling("prepared-" + suite.codename() + ".part");
        sandbox.run(
                "tar",
                "--create",
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=*",
                "--file",
                part.toString(),
                "--directory",
                layer,
                ".");
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    private String unpack() throws IOException, InterruptedException {
        String layer = layer();
        sandbox.run("mkdir", layer);
        sandbox.run(
                "tar",
                "--extract",
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=*",
                "--file",
                archive.toString(),
                "--directory",
                layer);
        return layer;
    }
}
