package dev.chassis.websocket;

import dev.chassis.context.Correlation;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What a handshake has come to: all that a session keeps of its request. */
record Opening<T>(
        WebSocketEndpoint<T> endpoint,
        String id,
        String clientAddress,
        Correlation correlation,
        @Nullable Principal principal,
        @Nullable String subprotocol,
        @Nullable Object attachment,
        boolean inflates,
        boolean deflates) {

    private static final int ID_DIGITS = 16;

    static String newId() {
        String digits = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return "0".repeat(ID_DIGITS - digits.length()) + digits;
    }
}
