package io.keylesspull.setup.request;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses that a network security rule names: an IPv4 or IPv6 address, with a prefix or without. IPv4 addresses
 * in IPv6's notation ({@code ::ffff:203.0.113.7}) are IPv4 addresses.
 */
public final class AddressRange {

    private static final int IPV4 = 4;
    private static final int MAPPED_PREFIX = 96;
    /** No organisation has more than a /8 of IPv4 (IANA's address space registry), or than a /16 of IPv6. */
    private static final int WIDEST_IPV4 = 8;

    private static final int WIDEST_IPV6 = 16;
    private static final List<String> PRIVATE =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16");
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern LIKE_IPV4 = Pattern.compile(OCTET + "(?:[.]" + OCTET + "){3}");
    private static final Pattern LIKE_IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");

    private final byte[] address;
    private final int prefix;

    private AddressRange(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /** @return empty if it is neither an address nor one with a prefix that its kind can have */
    public static Optional<AddressRange> parse(String range) {
        int slash = range.indexOf('/');
        String text = slash < 0 ? range : range.substring(0, slash);
        boolean ipv4 = LIKE_IPV4.matcher(text).matches();
        if (!ipv4 && !LIKE_IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        int longest = ipv4 ? 32 : 128;
        int prefix = longest;
        if (slash >= 0) {
            String written = range.substring(slash + 1);
            if (!PREFIX.matcher(written).matches() || Integer.parseInt(written) > longest) {
                return Optional.empty();
            }
            prefix = Integer.parseInt(written);
        }
        try {
            // What holds a colon or four numbers is taken as a literal: no name is looked up.
            byte[] address = InetAddress.getByName(text).getAddress();
            boolean mapped = !ipv4 && address.length == IPV4;
            return Optional.of(new AddressRange(address, mapped ? Math.max(0, prefix - MAPPED_PREFIX) : prefix));
        } catch (UnknownHostException noLiteral) {
            return Optional.empty();
        }
    }

    static boolean isValid(String range) {
        return parse(range).isPresent();
    }

    /** Whether these are IPv4 addresses; the others are IPv6's. */
    public boolean isIpv4() {
        return address.length == IPV4;
    }

    /** Whether these are all addresses of their kind. */
    public boolean isEverything() {
        return prefix == 0;
    }

    /** Whether these are more addresses than any one organisation has. */
    public boolean isWide() {
        return prefix < (isIpv4() ? WIDEST_IPV4 : WIDEST_IPV6);
    }

    /** Whether all of another range's addresses are among these. Bits behind the prefix do not count, as in Azure. */
    public boolean contains(AddressRange other) {
        return other.address.length == address.length
                && other.prefix >= prefix
                && network(other.address).equals(network(address));
    }

    /** In CIDR notation. */
    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(address).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }

    /** Whether none of them is a caller's address as the internet knows it (RFC 1918, 6598, 1122, 3927). */
    public boolean isPrivate() {
        return PRIVATE.stream().flatMap(range -> parse(range).stream()).anyMatch(range -> range.contains(this));
    }

    private BigInteger network(byte[] of) {
        return new BigInteger(1, of).shiftRight(of.length * Byte.SIZE - prefix);
    }
}
