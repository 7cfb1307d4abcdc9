package dev.chassis.messaging;

import com.rabbitmq.client.GetResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message that was given up. Immutable.
 *
 * @param messageId empty if the publisher has set none
 * @param reason {@code attempts}, {@code permanent}, {@code undecodable}; empty if somebody else has put it there
 * @param type the class of the failure, empty if the handler threw none
 * @param message what the failure said
 * @param attempts how often it was tried
 * @param died when it was given up; empty if nobody has noted it
 * @param replayed how often it has been put back before
 * @param headers all of them
 * @param body the body, not copied
 */
public record DeadLetter(
        String messageId,
        String reason,
        String type,
        String message,
        long attempts,
        Optional<Instant> died,
        long replayed,
        Map<String, Object> headers,
        byte[] body) {

    static DeadLetter of(GetResponse response) {
        Incoming incoming = incoming(response);
        return new DeadLetter(
                incoming.messageId(),
                text(incoming, FailureHeaders.REASON),
                text(incoming, FailureHeaders.TYPE),
                text(incoming, FailureHeaders.MESSAGE),
                incoming.number(FailureHeaders.ATTEMPT),
                instant(text(incoming, FailureHeaders.LAST)),
                incoming.number(FailureHeaders.REPLAYED),
                Values.plain(incoming.rawHeaders()),
                response.getBody());
    }

    static Incoming incoming(GetResponse response) {
        return new Incoming(0, response.getEnvelope(), response.getProps(), response.getBody(), 0);
    }

    private static String text(Incoming incoming, String header) {
        String text = incoming.text(header);
        return text == null ? "" : text;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException forged) {
            return Optional.empty();
        }
    }
}
