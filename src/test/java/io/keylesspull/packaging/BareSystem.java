package io.keylesspull.packaging;

import io.keylesspull.real.HostApt;
import io.keylesspull.real.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A Debian 12 system with nothing in it but what every one has (debootstrap's {@code minbase}), in memory. It shares
 * the host's network, for apt and for the screen, and nothing else.
 */
final class BareSystem implements AutoCloseable {

    private static final Path CACHE =
            Path.of(System.getProperty("keylesspull.packages.cache", "/var/cache/keyless-pull-packages"));
    private static final String USER = "admin";
    /** What a package manager writes about itself, and what is nobody's to keep. */
    private static final List<String> NOT_COMPARED = List.of(
            "proc",
            "dev",
            "tmp",
            "run",
            "home/admin",
            "var/log",
            "var/cache",
            "var/lib/apt",
            "var/lib/rpm",
            "root/.rpmdb",
            "var/lib/dpkg/status",
            "var/lib/dpkg/status-old",
            "var/lib/dpkg/triggers",
            "var/lib/dpkg/lock",
            "var/lib/dpkg/lock-frontend");

    private final Process keeper;
    private final long init;
    private final Path root;

    private BareSystem(Process keeper, Path root) {
        this.keeper = keeper;
        this.init = keeper.children().findFirst().orElseThrow().pid();
        this.root = root;
    }

    static BareSystem open() throws IOException, InterruptedException {
        Path root = Files.createDirectories(CACHE.resolve("root"));
        Path archives = Files.createDirectories(CACHE.resolve("archives"));
        Process keeper = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--pid",
                        "--ipc",
                        "--uts",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "/bin/sh",
                        "-c",
                        script("bare-system.sh"),
                        "bare-system.sh",
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = keeper.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"ready".equals(said)) {
            throw new IOException("no bare system: " + said);
        }
        BareSystem system = new BareSystem(keeper, root);
        try {
            system.unpack();
            system.host(
                    "/bin/sh",
                    "-c",
                    script("enter.sh"),
                    "enter.sh",
                    root.toString(),
                    archives.toString(),
                    HostApt.mirror(),
                    HostApt.proxy());
            return system;
        } catch (IOException | InterruptedException | RuntimeException e) {
            system.close();
            throw e;
        }
    }

    private void unpack() throws IOException, InterruptedException {
        Path archive = CACHE.resolve("bookworm-1.tar");
        if (Files.exists(archive)) {
            host("tar", "--extract", "--numeric-owner", "--file", archive.toString(), "--directory", root.toString());
            return;
        }
        Path part = CACHE.resolve("bookworm-" + ProcessHandle.current().pid() + ".part");
        host("debootstrap", "--variant=minbase", "bookworm", root.toString(), HostApt.mirror());
        host("tar", "--create", "--numeric-owner", "--file", part.toString(), "--directory", root.toString(), ".");
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String script(String name) throws IOException {
        try (InputStream content = BareSystem.class.getResourceAsStream(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Where the system's files are, as the host's programs see them that {@link #host} starts. */
    Path root() {
        return root;
    }

    /** One of the system's files, as this process sees it. */
    Path seen(String path) {
        return Path.of("/proc", Long.toString(init), "root", root.toString(), path);
    }

    /**
     * Runs a program of the host among the system's mounts and processes.
     *
     * @return what it printed
     * @throws IllegalStateException where its status is not 0
     */
    String host(String... argv) throws IOException, InterruptedException {
        return Programs.run(inside(argv));
    }

    /** Starts a program of the host there. */
    Process startHost(ProcessBuilder.Redirect errors, String... argv) throws IOException {
        return new ProcessBuilder(inside(argv)).redirectError(errors).start();
    }

    /** Runs a program of the system as root. @return what it printed */
    String asRoot(String... argv) throws IOException, InterruptedException {
        return host(chroot("0:0", "/root", List.of("DEBIAN_FRONTEND=noninteractive"), argv));
    }

    /** Runs a program of the system as an ordinary user. @return what it printed */
    String asUser(String... argv) throws IOException, InterruptedException {
        return host(chroot(USER + ":" + USER, "/home/" + USER, List.of(), argv));
    }

    /** Starts a program of the system as an ordinary user who sits at a screen. */
    Process startAsUser(Path log, String display, String... argv) throws IOException {
        return new ProcessBuilder(
                        inside(chroot(USER + ":" + USER, "/home/" + USER, List.of("DISPLAY=" + display), argv)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private String[] chroot(String user, String home, List<String> environment, String... argv) {
        List<String> command = new ArrayList<>(List.of(
                "chroot",
                "--userspec=" + user,
                root.toString(),
                "env",
                "-i",
                "-C",
                home,
                "HOME=" + home,
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                "LANG=C.UTF-8"));
        command.addAll(environment);
        command.addAll(List.of(argv));
        return command.toArray(String[]::new);
    }

    private List<String> inside(String... argv) {
        List<String> command = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(init), "--mount", "--pid", "--uts", "--ipc", "--"));
        command.addAll(List.of(argv));
        return command;
    }

    /** Puts a file of the host into the system's {@code /tmp}. @return its path there */
    String give(Path file) throws IOException, InterruptedException {
        host("cp", file.toAbsolutePath().toString(), root.resolve("tmp").toString());
        return "/tmp/" + file.getFileName();
    }

    /** The system's files: kind, mode, size and target of each; without what a package manager writes about itself. */
    Set<String> files() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("find", root.toString()));
        for (String path : NOT_COMPARED) {
            command.addAll(List.of("-path", root.resolve(path).toString(), "-prune", "-o"));
        }
        // A directory's size says nothing.
        command.addAll(List.of("-type", "d", "-printf", "%P d %m\\n", "-o", "-printf", "%P %y %m %s %l\\n"));
        return host(command.toArray(String[]::new)).lines().collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the system has a program of that name. */
    Optional<String> which(String program) throws IOException, InterruptedException {
        return asRoot("sh", "-c", "command -v " + program + " || true").lines().findFirst();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        keeper.getOutputStream().close();
        if (!keeper.waitFor(10, TimeUnit.SECONDS)) {
            keeper.destroyForcibly().waitFor();
        }
    }
}
