package io.keylesspull.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that are reached without a proxy, as in {@code NO_PROXY}. An entry is {@code *}, a host, which stands for
 * its subdomains too, with or without a leading dot or {@code *.}, an address, or a range of addresses in CIDR
 * notation; a port may follow. No name is looked up: a range holds only hosts that are written as addresses.
 */
final class NoProxy {

    private static final Pattern ENTRY =
            Pattern.compile("(?:\\[(?<v6>[^\\]]+)]|(?<host>[^\\[\\]]+?))(?::(?<port>\\d+))?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final List<Entry> entries;

    private NoProxy(List<Entry> entries) {
        this.entries = entries;
    }

    private record Entry(Predicate<String> host, int port) {}

    /** @param text entries between commas or blanks; what is malformed matches nothing */
    static NoProxy parse(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String word : text.trim().split("[,\\s]+")) {
            if (!word.isEmpty()) {
                entries.add(entry(word.toLowerCase(Locale.ROOT)));
            }
        }
        return new NoProxy(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** @param host a name or an address; of IPv6 with or without brackets @param port of the request */
    boolean contains(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
        return entries.stream()
                .anyMatch(entry -> (entry.port() == 0 || entry.port() == port)
                        && entry.host().test(name));
    }

    private static Entry entry(String word) {
        if (word.equals("*")) {
            return new Entry(host -> true, 0);
        }
        // An address of IPv6 without brackets has no port.
        if (word.indexOf('[') < 0 && word.indexOf(':') != word.lastIndexOf(':')) {
            return new Entry(addresses(word), 0);
        }
        Matcher parts = ENTRY.matcher(word);
        if (!parts.matches()) {
            return new Entry(host -> false, 0);
        }
        int port = parts.group("port") == null ? 0 : Integer.parseInt(parts.group("port"));
        if (parts.group("v6") != null) {
            return new Entry(addresses(parts.group("v6")), port);
        }
        String host = parts.group("host");
        return new Entry(
                host.matches("[0-9]+(\\.[0-9]+){3}(/[0-9]+)?")
                        ? addresses(host)
                        : domain(host.replaceFirst("^\\*?\\.", "")),
                port);
    }

    private static Predicate<String> domain(String domain) {
        return host -> host.equals(domain) || host.endsWith("." + domain);
    }

    /** @param range an address, or a range in CIDR notation */
    private static Predicate<String> addresses(String range) {
        String[] parts = range.split("/", 2);
        byte[] network = bytes(parts[0]);
        if (network == null) {
            return host -> false;
        }
        int all = network.length * 8;
        int bits = parts.length == 1 ? all : parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
        return host -> {
            byte[] address = bytes(host);
            return address != null
                    && address.length == network.length
                    && bits >= 0
                    && bits <= all
                    && prefix(address, bits).equals(prefix(network, bits));
        };
    }

    private static List<Integer> prefix(byte[] address, int bits) {
        List<Integer> prefix = new ArrayList<>();
        for (int i = 0; i < bits; i++) {
            prefix.add(address[i / 8] >> (7 - i % 8) & 1);
        }
        return prefix;
    }

    /** @return null if it is not an address */
    private static byte @Nullable [] bytes(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            return null;
        }
        try {
            // Of an address, nothing is looked up.
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException malformed) {
            return null;
        }
    }
}
