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

    private static final long LETTER_FIRST = 0xa000_0000_0000_0000L;

    /** 16 hexadecimal digits; the first is a letter, so that nobody takes it for a number, be it that of a card. */
    static String newId() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | LETTER_FIRST);
    }
}
