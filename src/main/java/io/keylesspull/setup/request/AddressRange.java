package io.keylesspull.setup.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The notation of address ranges that a network security rule takes: an IPv4 or IPv6 address, with a prefix or without.
 */
final class AddressRange {

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:[.]" + OCTET + "){3}");
    private static final Pattern LIKE_IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");

    private AddressRange() {}

    static boolean isValid(String range) {
        int slash = range.indexOf('/');
        String address = slash < 0 ? range : range.substring(0, slash);
        int longest;
        if (IPV4.matcher(address).matches()) {
            longest = 32;
        } else if (isIpv6(address)) {
            longest = 128;
        } else {
            return false;
        }
        if (slash < 0) {
            return true;
        }
        String prefix = range.substring(slash + 1);
        return PREFIX.matcher(prefix).matches() && Integer.parseInt(prefix) <= longest;
    }

    private static boolean isIpv6(String address) {
        if (!LIKE_IPV6.matcher(address).matches()) {
            return false;
        }
        try {
            // What holds a colon is taken as a literal: no name is looked up.
            InetAddress.getByName(address);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
