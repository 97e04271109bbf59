package io.keylesspull.real;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Namespaces of our own, with a small internet in them: network, mounts, processes and a disk in memory. All of it is
 * held by one process, the {@link Gateway}, and the kernel takes it away when that ends, be it because this program was
 * killed. What is left in the host's file system then is one folder of sockets and logs and some empty control groups;
 * the next sandbox removes them.
 */
final class Sandbox implements AutoCloseable {

    /** Where everything but the instance metadata is; from the range for documentation (RFC 5737). */
    static final String FRONT = "192.0.2.1";

    static final String METADATA = "169.254.169.254";

    private static final List<String> SCRIPTS =
            List.of("sandbox.sh", "prepare-root.sh", "boot.sh", "init.sh", "provision.sh", "agent.py");

    private final Path folder;
    private final Process keeper;
    private final long init;
    private final ServerSocketChannel front;
    private final Map<InetSocketAddress, ServerSocketChannel> doors = new ConcurrentHashMap<>();

    private Sandbox(Path folder, Process keeper, ServerSocketChannel front) {
        this.folder = folder;
        this.keeper = keeper;
        this.front = front;
        this.init = keeper.children().findFirst().orElseThrow().pid();
    }

    /** A connection that came out of the sandbox. */
    @FunctionalInterface
    interface Outgoing {

        /** @param source the address it came from @param port the port it was meant for */
        void take(SocketChannel connection, String source, int port) throws IOException;
    }

    static Sandbox open() throws IOException {
        Leftovers.remove();
        Path folder = Leftovers.newFolder();
        for (String script : SCRIPTS) {
            try (InputStream content = Sandbox.class.getResourceAsStream(script)) {
                Files.copy(content, folder.resolve(script), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        ServerSocketChannel front = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve(Gateway.FRONT)));
        return new Sandbox(folder, start(folder), front);
    }

    /** Gives every connection that comes out to the one that answers from now on. */
    void serve(Outgoing outgoing) {
        Gateway.accept(front, connection -> {
            String[] origin = Pipe.readLine(connection).split(" ");
            outgoing.take(connection, origin[0], Integer.parseInt(origin[1]));
        });
    }

    private static Process start(Path folder) throws IOException {
        Path classes;
        try {
            classes = Path.of(Gateway.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        Process keeper = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "--mount",
                        "--pid",
                        "--uts",
                        "--ipc",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "/bin/sh",
                        folder.resolve("sandbox.sh").toString(),
                        FRONT,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        // Named after the process, which is number 1 in every sandbox.
                        "-XX:-UsePerfData",
                        "-cp",
                        classes.toString(),
                        Gateway.class.getName(),
                        folder.toString(),
                        FRONT + ":80",
                        FRONT + ":443",
                        METADATA + ":80")
                .redirectError(folder.resolve("gateway.log").toFile())
                .start();
        BufferedReader out = keeper.inputReader(StandardCharsets.UTF_8);
        if (!Gateway.READY.equals(out.readLine())) {
            throw new IOException("no sandbox: " + Files.readString(folder.resolve("gateway.log")));
        }
        return keeper;
    }

    /** On the host's disk, seen inside by the same path. */
    Path folder() {
        return folder;
    }

    String script(String name) {
        return folder.resolve(name).toString();
    }

    /** Starts a program inside. @param log where its output goes */
    Process start(Path log, String... argv) throws IOException {
        return new ProcessBuilder(inside(argv))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Runs a program inside to its end. @return what it printed @throws IllegalStateException status not 0 */
    String run(String... argv) throws IOException, InterruptedException {
        return Programs.run(inside(argv));
    }

    private List<String> inside(String... argv) {
        List<String> command = new ArrayList<>(List.of(
                "nsenter", "--target", Long.toString(init), "--mount", "--net", "--pid", "--uts", "--ipc", "--"));
        command.addAll(List.of(argv));
        return command;
    }

    /** Connects to an address inside. @throws IOException where nothing accepts */
    SocketChannel dial(String host, int port) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(Gateway.DIAL)));
        try {
            Pipe.writeLine(channel, host + " " + port);
            Pipe.readLine(channel);
            return channel;
        } catch (IOException refused) {
            Pipe.close(channel);
            throw refused;
        }
    }

    boolean answers(String host, int port) {
        try {
            Pipe.close(dial(host, port));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** A port of the loopback interface that leads to an address inside. */
    InetSocketAddress door(String host, int port) {
        ServerSocketChannel server = doors.computeIfAbsent(InetSocketAddress.createUnresolved(host, port), target -> {
            try {
                ServerSocketChannel opened =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Gateway.accept(opened, connection -> Pipe.join(connection, dial(host, port), () -> {}));
                return opened;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            return (InetSocketAddress) server.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (ServerSocketChannel door : doors.values()) {
                door.close();
            }
            front.close();
            keeper.getOutputStream().close();
            if (!keeper.waitFor(10, TimeUnit.SECONDS)) {
                keeper.destroyForcibly().waitFor();
            }
            Leftovers.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            keeper.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
