package dev.chassis.http.internal;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stated number of proxies say of the client. Each proxy appends what it saw, so the entry of the outermost trusted one is that
 * many from the right; everything left of it may be invented by the client.
 */
final class Forwarded {

    private static final String FOR = "x-forwarded-for";
    private static final String PROTO = "x-forwarded-proto";
    private static final String HOST = "x-forwarded-host";

    private Forwarded() {}

    /** The client's address without port, or what is known of the peer if the proxies say nothing usable. */
    static String clientAddress(HttpHeaders headers, int hops, String peer) {
        String entry = entry(headers, FOR, hops);
        String address = entry == null ? "" : withoutPort(entry);
        return isAddress(address) ? address : peer;
    }

    static String scheme(HttpHeaders headers, int hops, String own) {
        String entry = entry(headers, PROTO, hops);
        if ("https".equalsIgnoreCase(entry)) {
            return "https";
        }
        return "http".equalsIgnoreCase(entry) ? "http" : own;
    }

    static String authority(HttpHeaders headers, int hops, String own) {
        String entry = entry(headers, HOST, hops);
        return entry == null || entry.isEmpty() || !Target.isAuthority(entry) ? own : entry;
    }

    /** The entry {@code hops} from the right, the leftmost if there are fewer: inner proxies may set a header instead of appending. */
    private static @Nullable String entry(HttpHeaders headers, String name, int hops) {
        List<String> lines = hops == 0 ? List.of() : headers.getAll(name);
        if (lines.isEmpty()) {
            return null;
        }
        String all = String.join(",", lines);
        int end = all.length();
        int start = all.lastIndexOf(',') + 1;
        for (int hop = 1; hop < hops && start > 0; hop++) {
            end = start - 1;
            start = all.lastIndexOf(',', end - 1) + 1;
        }
        return all.substring(start, end).trim();
    }

    private static String withoutPort(String entry) {
        if (entry.startsWith("[")) {
            int end = entry.indexOf(']');
            return end < 0 ? "" : entry.substring(1, end);
        }
        int colon = entry.indexOf(':');
        boolean port = colon >= 0 && colon == entry.lastIndexOf(':'); // several colons: an IPv6 address
        return port ? entry.substring(0, colon) : entry;
    }

    private static boolean isAddress(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.digit(c, 16) < 0 && c != '.' && c != ':') {
                return false;
            }
        }
        return !value.isEmpty() && (value.indexOf('.') > 0 || value.indexOf(':') >= 0);
    }
}
