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

    private static final String LAYER = "/run/layers/prepared";
    /** Goes up when the product installs something else, or another state of the machine is kept. */
    private static final String VERSION = "5";

    private final RealWorld world;
    private final Sandbox sandbox;
    private final Path archive;
    private String layers;

    /** @param cache where the file is kept */
    PreparedImage(RealWorld world, Sandbox sandbox, Path cache) {
        this.world = world;
        this.sandbox = sandbox;
        archive = cache.resolve("prepared-" + VERSION + ".tar");
    }

    /**
     * Has it, made first where it is not kept yet; whoever asks meanwhile waits, while tests that need a bare machine
     * only go on.
     *
     * @return what machines start from, by overlay's rules
     */
    synchronized String layers() throws Exception {
        if (layers == null) {
            layers = (Files.exists(archive) ? unpack() : make()) + ":" + RootImage.LAYER;
        }
        return layers;
    }

    private String make() throws Exception {
        Path folder = Files.createDirectory(sandbox.folder().resolve("preparing"));
        try (RealBench bench = RealBench.in(world, RootImage.LAYER, Pace.INSTANT, folder, Time.system())) {
            String machine = bench.makeMachine("bare");
            Account account = bench.run(
                    Bench.setup("bare", Bench.USER_ASSIGNED, "practiceclassic", "aci-helloworld:v1"), event -> {});
            if (account.result() != RunResult.SUCCEEDED) {
                throw new IllegalStateException("no machine with Docker and the Azure CLI: " + account.told());
            }
            String disk = bench.machine(machine).seal();
            keep(disk);
            return disk;
        }
    }

    /** @param disk its directory in the sandbox */
    private void keep(String disk) throws IOException, InterruptedException {
        Path part = archive.resolveSibling("prepared.part");
        sandbox.run(
                "tar",
                "--create",
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=*",
                "--file",
                part.toString(),
                "--directory",
                disk,
                ".");
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    private String unpack() throws IOException, InterruptedException {
        sandbox.run("mkdir", LAYER);
        sandbox.run(
                "tar",
                "--extract",
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=*",
                "--file",
                archive.toString(),
                "--directory",
                LAYER);
        return LAYER;
    }
}
