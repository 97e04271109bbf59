package io.keylesspull.network;

import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A proxy cannot be reached, or makes no connection, or is not used. Nothing was sent to the service behind it. */
public final class ProxyException extends IOException implements NetworkFault {

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    /** A word that begins a challenge; one before an equals sign is a parameter of it. */
    private static final Pattern SCHEME = Pattern.compile("(?:^|,)\\s*([A-Za-z][A-Za-z0-9-]*+)(?!\\s*=)");

    private static final long serialVersionUID = 1;

    private final transient NetworkProblem problem;
    private final boolean retryable;

    private ProxyException(NetworkProblem problem, boolean retryable, @Nullable Throwable cause) {
        super(new Texts(Locale.ENGLISH).render(problem.what()), cause);
        this.problem = problem;
        this.retryable = retryable;
    }

    /** The proxy's name is unknown, or nothing answers there. */
    public static ProxyException notReached(ProxyAddress proxy, Throwable cause) {
        boolean unknown = Stream.iterate(cause, one -> one != null, Throwable::getCause)
                .limit(20)
                .anyMatch(one -> one instanceof UnknownHostException || one instanceof UnresolvedAddressException);
        return new ProxyException(
                NetworkProblem.of(
                        unknown ? "proxyUnknown" : "proxyNotReached", proxy.toString(), proxy.source(), proxy.host()),
                true,
                cause);
    }

    /**
     * The proxy asks for a login (407).
     *
     * @param challenges the values of its headers {@code Proxy-Authenticate}, with the ways of signing in that it
     *     offers, such as {@code Negotiate}; empty if it does not say
     */
    public static ProxyException login(ProxyAddress proxy, List<String> challenges) {
        List<String> schemes =
                challenges.stream().flatMap(ProxyException::schemes).distinct().toList();
        String key = schemes.stream().noneMatch("Basic"::equalsIgnoreCase) && !schemes.isEmpty()
                ? "proxyLoginKind"
                : proxy.login().isPresent() ? "proxyLoginRefused" : "proxyLogin";
        return new ProxyException(
                NetworkProblem.of(key, proxy.toString(), proxy.source(), String.join(", ", schemes)), false, null);
    }

    /** The ways of signing in that one header names: it may hold several challenges (RFC 9110, section 11.6.1). */
    private static Stream<String> schemes(String header) {
        return SCHEME.matcher(QUOTED.matcher(header).replaceAll("")).results().map(found -> found.group(1));
    }

    /**
     * The proxy does not connect to a host.
     *
     * @param host and port, where that is not the usual one
     * @param answer what the proxy says, such as its status
     * @param retryable whether it may connect later
     */
    public static ProxyException refused(
            ProxyAddress proxy, String host, String answer, boolean retryable, @Nullable Throwable cause) {
        return new ProxyException(
                NetworkProblem.of("proxyRefused", proxy.toString(), proxy.source(), host, answer), retryable, cause);
    }

    /**
     * A host is not reached directly, and is an exception from a proxy.
     *
     * @param proxy the one that is set for other hosts
     */
    public static ProxyException bypassed(ProxyAddress proxy, String host, Throwable cause) {
        return new ProxyException(
                NetworkProblem.of("proxyBypassed", proxy.toString(), proxy.source(), host), true, cause);
    }

    /**
     * What answers, or does not, is not a proxy of the kind that it is used as.
     *
     * @param answer what it did in place of it, as the end of a sentence
     * @param retryable whether it may do better later
     */
    public static ProxyException wrongKind(
            ProxyAddress proxy, Text answer, boolean retryable, @Nullable Throwable cause) {
        Text kind = Text.of("network.proxyKind." + proxy.protocol().name());
        return new ProxyException(
                NetworkProblem.of("proxyWrongKind", proxy.toString(), proxy.source(), kind, answer), retryable, cause);
    }

    /**
     * The proxy accepted the connection, and has not reported within some time whether it reaches a host.
     *
     * @param host and port
     * @param seconds how long that was waited for
     * @param speaks whether it has answered as a proxy of its kind before
     */
    public static ProxyException late(
            ProxyAddress proxy, String host, long seconds, boolean speaks, @Nullable Throwable cause) {
        return new ProxyException(
                NetworkProblem.of(
                        speaks ? "proxyWaits" : "proxyNoAnswer", proxy.toString(), proxy.source(), host, seconds),
                true,
                cause);
    }

    @Override
    public NetworkProblem problem() {
        return problem;
    }

    /** Whether trying again may help. */
    public boolean retryable() {
        return retryable;
    }
}
