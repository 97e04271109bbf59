package io.keylesspull.network;

import io.keylesspull.text.Text;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A proxy.
 *
 * @param host a name or an address; of IPv6 without brackets
 * @param port 1 to 65535
 * @param login empty: none is sent
 * @param source where it is set, for messages
 */
public record ProxyAddress(Protocol protocol, String host, int port, Optional<Login> login, Text source) {

    /** How the program speaks to a proxy. */
    public enum Protocol {
        /** HTTP with its method CONNECT (RFC 9110, section 9.3.6). */
        HTTP(80),
        /** SOCKS version 5 (RFC 1928); names are resolved by the proxy. */
        SOCKS5(1080);

        private final int port;

        Protocol(int port) {
            this.port = port;
        }
    }

    /** Of a user of the proxy. */
    public record Login(String user, String password) {

        /** The value of the header {@code Proxy-Authorization} (RFC 7617). */
        public String basic() {
            return "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        }

        /** Without the password. */
        @Override
        public String toString() {
            return user;
        }
    }

    private static final Pattern FORMAT = Pattern.compile("(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?"
            + "(?:(?<user>[^:/]*)(?::(?<password>.*))?@)?"
            + "(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<host>[A-Za-z0-9._-]+))(?::(?<port>\\d{1,5}))?/?");

    /**
     * Reads {@code [scheme://][user[:password]@]host[:port]}; user and password are percent-encoded.
     *
     * @param source where the text is from, for messages
     * @param protocols those that are allowed
     * @throws NetworkSettingsException if it is malformed; without the text, which may hold a password
     */
    static ProxyAddress parse(String text, Text source, Set<Protocol> protocols) throws NetworkSettingsException {
        Matcher parts = FORMAT.matcher(text.strip());
        if (!parts.matches()) {
            throw wrong(source, "network.proxyAddress.format");
        }
        Protocol protocol = protocol(parts.group("scheme"), source);
        if (!protocols.contains(protocol)) {
            throw wrong(source, "network.proxyAddress.socks");
        }
        String host = parts.group("v6") == null ? parts.group("host") : parts.group("v6");
        int port = parts.group("port") == null ? protocol.port : Integer.parseInt(parts.group("port"));
        if (port < 1 || port > 65535) {
            throw wrong(source, "network.proxyAddress.port");
        }
        try {
            String password = parts.group("password");
            Optional<Login> login = Optional.ofNullable(parts.group("user"))
                    .map(user -> new Login(decoded(user), password == null ? "" : decoded(password)));
            return new ProxyAddress(protocol, host, port, login, source);
        } catch (IllegalArgumentException badPercent) {
            throw wrong(source, "network.proxyAddress.percent");
        }
    }

    private static Protocol protocol(@Nullable String scheme, Text source) throws NetworkSettingsException {
        return switch (scheme == null ? "http" : scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> Protocol.HTTP;
            case "socks5", "socks5h" -> Protocol.SOCKS5;
            case "https" -> throw wrong(source, "network.proxyAddress.tls");
            default -> throw wrong(source, "network.proxyAddress.format");
        };
    }

    private static String decoded(String text) {
        // A plus is itself here; only forms encode spaces as one.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static NetworkSettingsException wrong(Text source, String reason) {
        return new NetworkSettingsException(NetworkProblem.of("proxyAddress", source, Text.of(reason)));
    }

    /** Not resolved: that is done for each connection. */
    public InetSocketAddress socketAddress() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** {@code host:port}, without the login. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
