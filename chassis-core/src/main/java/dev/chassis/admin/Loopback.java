package dev.chassis.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells whether an address, as text, is this host talking to itself: 127.0.0.0/8, ::1, or the former mapped into IPv6. */
final class Loopback {

    private Loopback() {}

    static boolean contains(String address) {
        return address.indexOf(':') < 0 ? isV4(address) : isV6(address);
    }

    private static boolean isV4(String address) {
        return address.startsWith("127.") && address.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    private static boolean isV6(String address) {
        try {
            return InetAddress.getByName(address)
                    .isLoopbackAddress(); // text with a colon is never looked up in the DNS
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
