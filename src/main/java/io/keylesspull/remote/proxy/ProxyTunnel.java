package io.keylesspull.remote.proxy;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.ProxySOCKS5;
import com.jcraft.jsch.SocketFactory;
import io.keylesspull.network.ProxyAddress;
import io.keylesspull.network.ProxyAddress.Login;
import io.keylesspull.network.ProxyException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Opens connections through a proxy: by the method CONNECT of HTTP (RFC 9110, section 9.3.6), or by SOCKS5. JSch's own
 * class for CONNECT hides the proxy's status, which decides what to report and whether to try again.
 */
public record ProxyTunnel(ProxyAddress proxy) {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final String OK = "200";
    private static final String LOGIN_REQUIRED = "407";
    /** JSch's message if a SOCKS proxy accepts no login; there is no exception type for it. */
    private static final String SOCKS_LOGIN = "fail in SOCKS5 proxy";

    /**
     * Opens a plain connection; the caller closes it.
     *
     * @param timeout how long the proxy may take to accept, and then to answer; positive
     * @throws ProxyException if the proxy cannot be reached, or does not connect to the host
     * @throws IOException if the connection to the proxy breaks off, or it does not answer in time
     */
    public Socket open(String host, int port, Duration timeout) throws IOException {
        Socket socket = connect((int) timeout.toMillis());
        try {
            socket.setSoTimeout((int) timeout.toMillis());
            switch (proxy.protocol()) {
                case HTTP -> tunnel(socket, host, port);
                case SOCKS5 -> socks(socket, host, port);
            }
            socket.setSoTimeout(0);
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    private Socket connect(int timeout) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            InetSocketAddress address = new InetSocketAddress(proxy.host(), proxy.port());
            if (address.isUnresolved()) {
                throw new UnknownHostException(proxy.host());
            }
            socket.connect(address, timeout);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw ProxyException.notReached(proxy, failed);
        }
    }

    private void tunnel(Socket socket, String host, int port) throws IOException {
        String target = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        String login = proxy.login()
                .map(Login::basic)
                .map(basic -> "Proxy-Authorization: " + basic + "\r\n")
                .orElse("");
        socket.getOutputStream()
                .write(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n" + login + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        List<String> head = head(socket.getInputStream());
        String[] words = head.get(0).split(" ", 3);
        String status = words.length > 1 && words[0].startsWith("HTTP/1.") ? words[1] : "";
        if (status.equals(LOGIN_REQUIRED)) {
            throw ProxyException.login(proxy, challenges(head));
        }
        if (!status.equals(OK)) {
            // 5xx: it could not connect itself, which it can when the machine has started.
            throw ProxyException.refused(proxy, target, head.get(0), status.startsWith("5"), null);
        }
    }

    /** Reads to the blank line and no further: what follows is the machine's. @return at least one line */
    private List<String> head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\n\n") < 0) {
            int read = in.read();
            if (read < 0 || head.length() > LONGEST_HEAD) {
                throw new EOFException("The proxy " + proxy + " has closed the connection.");
            }
            if (read != '\r') {
                head.append((char) read);
            }
        }
        return head.toString().lines().toList();
    }

    private static List<String> challenges(List<String> head) {
        List<String> challenges = new ArrayList<>();
        for (String line : head) {
            if (line.toLowerCase(Locale.ROOT).startsWith("proxy-authenticate:")) {
                challenges.add(line.substring(line.indexOf(':') + 1));
            }
        }
        return challenges;
    }

    private void socks(Socket socket, String host, int port) throws IOException {
        ProxySOCKS5 socks = new ProxySOCKS5(proxy.host(), proxy.port());
        Optional<Login> login = proxy.login();
        login.ifPresent(known -> socks.setUserPasswd(known.user(), known.password()));
        try {
            socks.connect(new Connected(socket), host, port, socket.getSoTimeout());
        } catch (JSchException failed) {
            if (failed.getCause() instanceof SocketTimeoutException late) {
                throw late;
            }
            String message = String.valueOf(failed.getMessage());
            if (message.contains(SOCKS_LOGIN)) {
                throw ProxyException.login(proxy, List.of());
            }
            throw ProxyException.refused(proxy, host + ":" + port, "SOCKS5", true, failed);
        }
    }

    /** Gives JSch the connection to the proxy that is open already. */
    private record Connected(Socket socket) implements SocketFactory {

        @Override
        public Socket createSocket(String host, int port) {
            return socket;
        }

        @Override
        public InputStream getInputStream(Socket of) throws IOException {
            return of.getInputStream();
        }

        @Override
        public OutputStream getOutputStream(Socket of) throws IOException {
            return of.getOutputStream();
        }
    }
}
