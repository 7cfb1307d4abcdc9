package dev.chassis.websocket.internal;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An offer of permessage-deflate that is accepted (RFC 7692, sections 5 and 7.1): always without context takeover, so that a connection
 * keeps no compression state.
 *
 * @param response what the answer's {@code Sec-WebSocket-Extensions} says
 * @param outbound whether messages to this client may be compressed; false for one that wants a smaller window than there is, who gets
 *     them as they are, which section 6 leaves to the sender
 */
public record DeflateOffer(String response, boolean outbound) {

    private static final String NAME = "permessage-deflate";
    private static final String SERVER_BITS = "server_max_window_bits";
    private static final String CLIENT_BITS = "client_max_window_bits";
    private static final Set<String> FLAGS = Set.of("server_no_context_takeover", "client_no_context_takeover");
    private static final String ACCEPTED = NAME + "; server_no_context_takeover; client_no_context_takeover";
    private static final int OUR_BITS = 15;

    /**
     * The first offer that can be accepted, in the order of the client's preference.
     *
     * @param values of all {@code Sec-WebSocket-Extensions} of the request
     * @return null if there is none: the connection goes without compression
     */
    public static @Nullable DeflateOffer accept(Iterable<String> values) {
        for (String value : values) {
            for (String offer : value.split(",", -1)) {
                DeflateOffer accepted = acceptOne(offer.split(";", -1));
                if (accepted != null) {
                    return accepted;
                }
            }
        }
        return null;
    }

    private static @Nullable DeflateOffer acceptOne(String[] parts) {
        if (!parts[0].strip().toLowerCase(Locale.ROOT).equals(NAME)) {
            return null;
        }
        Set<String> names = new HashSet<>();
        int serverBits = 0;
        for (int i = 1; i < parts.length; i++) {
            Parameter parameter = Parameter.of(parts[i]);
            if (!parameter.isValid() || !names.add(parameter.name())) {
                return null;
            }
            serverBits = parameter.name().equals(SERVER_BITS) ? parameter.bits() : serverBits;
        }
        String bits = serverBits == 0 ? "" : "; " + SERVER_BITS + "=" + serverBits;
        return new DeflateOffer(ACCEPTED + bits, serverBits == 0 || serverBits == OUR_BITS);
    }

    private record Parameter(String name, @Nullable String value) {

        static Parameter of(String text) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            String value =
                    equals < 0 ? null : unquoted(text.substring(equals + 1).strip());
            return new Parameter(name.strip().toLowerCase(Locale.ROOT), value);
        }

        private static String unquoted(String text) {
            boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
            return quoted ? text.substring(1, text.length() - 1) : text;
        }

        boolean isValid() {
            return switch (name) {
                case SERVER_BITS -> bits() != 0;
                case CLIENT_BITS -> value == null || bits() != 0;
                default -> FLAGS.contains(name) && value == null;
            };
        }

        /** 8 to 15 without leading zeros, else 0. */
        int bits() {
            if (value == null || !value.matches("[89]|1[0-5]")) {
                return 0;
            }
            return Integer.parseInt(value);
        }
    }
}
