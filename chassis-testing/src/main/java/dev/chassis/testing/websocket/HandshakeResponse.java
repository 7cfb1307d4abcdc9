package dev.chassis.testing.websocket;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server answered to a handshake.
 *
 * @param status 101 if it upgrades; 0 if it closed the connection without an answer
 * @param headers by their names in lower case, values in the order sent
 */
public record HandshakeResponse(int status, Map<String, List<String>> headers) {

    /** All values of a header in one, as RFC 9110, section 5.3, allows. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** Whether it upgrades. */
    public boolean isUpgraded() {
        return status == 101;
    }
}
