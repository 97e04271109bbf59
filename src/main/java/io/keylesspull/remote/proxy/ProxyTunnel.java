package io.keylesspull.remote.proxy;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.ProxySOCKS5;
import com.jcraft.jsch.SocketFactory;
import io.keylesspull.network.ProxyAddress;
import io.keylesspull.network.ProxyAddress.Login;
import io.keylesspull.network.ProxyException;
import io.keylesspull.text.Text;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens connections through a proxy: by the method CONNECT of HTTP (RFC 9110, section 9.3.6), or by SOCKS5. JSch's own
 * class for CONNECT hides the proxy's status, which decides what to report and whether to try again.
 */
public record ProxyTunnel(ProxyAddress proxy) {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int SHOWN = 80;
    private static final String OK = "200";
    private static final String LOGIN_REQUIRED = "407";
    private static final String HTTP = "HTTP/1.";
    /** The first byte of every answer of SOCKS5 to a greeting (RFC 1928, section 3). */
    private static final char SOCKS_VERSION = 5;
    /** JSch's message if a SOCKS proxy accepts no login; there is no exception type for it. */
    private static final String SOCKS_LOGIN = "fail in SOCKS5 proxy";
    /** JSch's message if a SOCKS proxy does not connect; the number is that of RFC 1928, section 6. */
    private static final Pattern SOCKS_REPLY = Pattern.compile("server returns (\\d+)");

    /**
     * Opens a plain connection; the caller closes it.
     *
     * @param timeout how long all of it may take; positive. Some of it is left over, so that the proxy's own failure is
     *     reported before the caller gives up
     * @throws ProxyException if the proxy cannot be reached, is not one of its kind, does not answer, or does not
     *     connect to the host
     * @throws IOException if the connection to the proxy breaks off
     */
    public Socket open(String host, int port, Duration timeout) throws IOException {
        Socket socket = connect((int) timeout.dividedBy(4).toMillis());
        try {
            socket.setSoTimeout((int) timeout.multipliedBy(2).dividedBy(3).toMillis());
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
        StringBuilder answer = new StringBuilder();
        try {
            readHead(socket.getInputStream(), answer);
        } catch (SocketTimeoutException late) {
            if (answer.isEmpty() || isHttp(answer)) {
                throw ProxyException.late(proxy, target, seconds(socket), !answer.isEmpty(), late);
            }
        }
        if (!isHttp(answer)) {
            throw wrongKind(answer);
        }
        List<String> head = answer.toString().lines().toList();
        String[] words = head.get(0).split(" ", 3);
        String status = words.length > 1 ? words[1] : "";
        if (status.equals(LOGIN_REQUIRED)) {
            throw ProxyException.login(proxy, challenges(head));
        }
        if (!status.equals(OK)) {
            // 5xx: it could not connect itself, which it can when the machine has started.
            throw ProxyException.refused(proxy, target, head.get(0), status.startsWith("5"), null);
        }
    }

    private static boolean isHttp(StringBuilder answer) {
        return answer.indexOf(HTTP) == 0;
    }

    private static long seconds(Socket socket) throws SocketException {
        return Math.max(1, socket.getSoTimeout() / 1000);
    }

    /** @param answer all that came */
    private ProxyException wrongKind(CharSequence answer) {
        if (answer.length() == 0) {
            return ProxyException.wrongKind(proxy, Text.of("network.proxyKind.closed"), true, null);
        }
        String line = answer.toString().lines().findFirst().orElse("");
        String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
        boolean printable = !shown.isEmpty() && shown.chars().allMatch(one -> one >= ' ' && one != 0x7f);
        return ProxyException.wrongKind(
                proxy,
                printable ? Text.of("network.proxyKind.answer", shown) : Text.of("network.proxyKind.bytes"),
                false,
                null);
    }

    /**
     * Reads to the blank line, or to the end, and no further: what follows is the machine's.
     *
     * @param head gets what is read, with line feeds alone
     */
    private void readHead(InputStream in, StringBuilder head) throws IOException {
        while (head.indexOf("\n\n") < 0) {
            int read = in.read();
            if (read < 0 && !isHttp(head)) {
                return;
            }
            if (read < 0 || head.length() > LONGEST_HEAD) {
                throw new EOFException("The proxy " + proxy + " has closed the connection.");
            }
            if (read != '\r') {
                head.append((char) read);
            }
        }
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
        long timeout = seconds(socket);
        StringBuilder answer = new StringBuilder();
        try {
            socks.connect(new Connected(socket, answer), host, port, socket.getSoTimeout());
        } catch (JSchException failed) {
            throw socksFailure(failed, answer, host + ":" + port, timeout);
        }
    }

    private ProxyException socksFailure(JSchException failed, StringBuilder answer, String target, long seconds) {
        boolean speaks = !answer.isEmpty() && answer.charAt(0) == SOCKS_VERSION;
        if (failed.getCause() instanceof SocketTimeoutException late) {
            return speaks || answer.isEmpty()
                    ? ProxyException.late(proxy, target, seconds, speaks, late)
                    : wrongKind(answer);
        }
        if (!speaks) {
            return wrongKind(answer);
        }
        String message = String.valueOf(failed.getMessage());
        if (message.contains(SOCKS_LOGIN)) {
            return ProxyException.login(proxy, List.of());
        }
        Matcher reply = SOCKS_REPLY.matcher(message);
        String said = reply.find() ? "SOCKS5, " + reply.group(1) : "SOCKS5";
        return ProxyException.refused(proxy, target, said, true, failed);
    }

    /**
     * Gives JSch the connection to the proxy that is open already.
     *
     * @param answer gets what JSch reads
     */
    private record Connected(Socket socket, StringBuilder answer) implements SocketFactory {

        @Override
        public Socket createSocket(String host, int port) {
            return socket;
        }

        @Override
        public InputStream getInputStream(Socket of) throws IOException {
            return new FilterInputStream(of.getInputStream()) {
                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int read = super.read(into, offset, length);
                    append(into, offset, read);
                    if (read > 0 && answer.charAt(0) != SOCKS_VERSION) {
                        // JSch needs no more to refuse it; for people, what follows says what it is.
                        byte[] rest = new byte[SHOWN];
                        append(rest, 0, super.read(rest, 0, rest.length));
                    }
                    return read;
                }

                private void append(byte[] bytes, int from, int count) {
                    answer.append(new String(bytes, from, Math.max(0, count), StandardCharsets.ISO_8859_1));
                }
            };
        }

        @Override
        public OutputStream getOutputStream(Socket of) throws IOException {
            return of.getOutputStream();
        }
    }
}
