package io.keylesspull.real;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The one way into the sandbox and out of it: a program inside, which the test reaches by sockets in the file system,
 * so that no network of the host is touched. What connects to an address given to it is brought to the test's
 * {@value #FRONT} after a line that says from where and to which port; what comes in at {@value #DIAL} names an address
 * inside, and is brought there. It ends with its standard input, that is, with the test, however that ends.
 */
public final class Gateway {

    static final String FRONT = "front.socket";
    static final String DIAL = "dial.socket";
    static final String READY = "ready";
    static final String CONNECTED = "connected";

    private Gateway() {}

    /** @param arguments the folder of the sockets, then each address to listen at, as {@code 192.0.2.1:443} */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            String[] parts = arguments[i].split(":");
            InetSocketAddress address = new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
            accept(ServerSocketChannel.open().bind(address), from -> toFront(folder, from));
        }
        accept(
                ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(folder.resolve(DIAL))),
                Gateway::dial);
        System.out.println(READY);
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static void toFront(Path folder, SocketChannel from) throws IOException {
        InetSocketAddress source = (InetSocketAddress) from.getRemoteAddress();
        InetSocketAddress target = (InetSocketAddress) from.getLocalAddress();
        SocketChannel front = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(FRONT)));
        Pipe.writeLine(front, source.getAddress().getHostAddress() + " " + target.getPort());
        Pipe.join(from, front, () -> {});
    }

    private static void dial(SocketChannel from) throws IOException {
        String[] wanted = Pipe.readLine(from).split(" ");
        SocketChannel to = SocketChannel.open(new InetSocketAddress(wanted[0], Integer.parseInt(wanted[1])));
        Pipe.writeLine(from, CONNECTED);
        Pipe.join(from, to, () -> {});
    }

    /** What to do with a connection; where it fails, the connection is closed. */
    @FunctionalInterface
    interface Accepted {
        void take(SocketChannel connection) throws IOException;
    }

    /** Takes connections on threads of its own until the server is closed. */
    static void accept(ServerSocketChannel server, Accepted accepted) {
        Pipe.daemon(() -> {
            try {
                while (true) {
                    SocketChannel connection = server.accept();
                    Pipe.daemon(() -> {
                        try {
                            accepted.take(connection);
                        } catch (IOException nobodyThere) {
                            Pipe.close(connection);
                        }
                    });
                }
            } catch (IOException closed) {
                // Nobody is to come any more.
            }
        });
    }
}
