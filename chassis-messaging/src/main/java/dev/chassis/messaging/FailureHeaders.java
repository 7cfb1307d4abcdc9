package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What we write on a message that failed. The headers of a message travel in one frame that is never split (AMQP 0-9-1, section 4.2.6.1),
 * and one that is larger than the connection's frames ends the channel; so every text has a limit, and what is ours gives way first.
 *
 * <p>RabbitMQ 4 ignores headers named {@code x-…} from clients, so ours are named {@code chassis-…}.
 */
final class FailureHeaders {

    static final String ATTEMPT = "chassis-attempt";
    static final String REASON = "chassis-failure-reason";
    static final String TYPE = "chassis-failure-type";
    static final String MESSAGE = "chassis-failure-message";
    static final String STACK = "chassis-failure-stack";
    static final String FIRST = "chassis-failure-first";
    static final String LAST = "chassis-failure-last";
    static final String EXCHANGE = "chassis-origin-exchange";
    static final String ROUTING_KEY = "chassis-origin-routing-key";
    static final String QUEUE = "chassis-origin-queue";
    static final String REPLAYED = "chassis-replayed";
    static final String RUN = "chassis-replay-run";
    static final String SEQUENCE = "chassis-sequence";

    /** Bytes. Together with the rest, which is short by nature, they stay below 16 KiB. */
    static final int MAX_STACK = 4 * 1024;

    static final int MAX_MESSAGE = 1024;
    static final int MAX_OTHER = 512;

    private static final String PREFIX = "chassis-failure-";

    private static final Set<String> OURS = Set.of(ATTEMPT, SEQUENCE);

    /** Dead-lettering adds them, and never takes them away again. */
    private static final Set<String> BROKERS = Set.of(
            "x-death",
            "x-first-death-exchange",
            "x-first-death-queue",
            "x-first-death-reason",
            "x-last-death-exchange",
            "x-last-death-queue",
            "x-last-death-reason",
            "x-delivery-count");

    /** What the other properties of a message take at most: short strings and the frame around them. */
    private static final int BESIDE_HEADERS = 4 * 1024;

    private static final int DEFAULT_FRAME = 128 * 1024;

    private FailureHeaders() {}

    /** The properties of a delivery that is to be tried once more. */
    static AMQP.BasicProperties ofRetry(Incoming incoming, String queue, Verdict verdict, int frameMax) {
        Map<String, Object> headers = common(incoming, queue);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put(MESSAGE, shortened(verdict.reason(), MAX_OTHER));
        return fitting(incoming, headers, more, frameMax);
    }

    /** The properties of a delivery that is given up. */
    static AMQP.BasicProperties ofDeadLetter(Incoming incoming, String queue, Verdict verdict, int frameMax) {
        Map<String, Object> headers = common(incoming, queue);
        headers.put(REASON, reason(verdict));
        Map<String, Object> more = new LinkedHashMap<>();
        Throwable failure = verdict.failure();
        more.put(MESSAGE, shortened(verdict.reason(), MAX_MESSAGE));
        if (failure != null) {
            headers.put(TYPE, shortened(failure.getClass().getName(), MAX_OTHER));
            more.put(STACK, shortened(stack(failure), MAX_STACK));
        }
        return fitting(incoming, headers, more, frameMax);
    }

    /** The same message as it was before it failed, marked as put back once more. */
    static AMQP.BasicProperties ofReplay(Incoming incoming, String run) {
        Map<String, Object> headers = new LinkedHashMap<>(incoming.rawHeaders());
        headers.keySet().removeIf(name -> name.startsWith(PREFIX) || OURS.contains(name) || BROKERS.contains(name));
        headers.put(REPLAYED, incoming.number(REPLAYED) + 1);
        headers.put(RUN, run);
        return incoming.properties().builder().headers(headers).build();
    }

    /** Cut at so many bytes of UTF-8, never within a character. */
    static String shortened(String text, int maxBytes) {
        byte[] bytes = text.substring(0, Math.min(text.length(), maxBytes)).getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        int end = maxBytes;
        while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> common(Incoming incoming, String queue) {
        Map<String, Object> headers = new LinkedHashMap<>(incoming.rawHeaders());
        headers.keySet().removeAll(BROKERS);
        headers.putIfAbsent(EXCHANGE, incoming.envelope().getExchange());
        headers.putIfAbsent(ROUTING_KEY, incoming.envelope().getRoutingKey());
        headers.putIfAbsent(QUEUE, queue);
        String now = Instant.now().toString();
        headers.putIfAbsent(FIRST, now);
        headers.put(LAST, now);
        headers.put(ATTEMPT, (long) incoming.attempt());
        return headers;
    }

    /** Adds those of {@code more} for which there is room, the later ones being the first to go. */
    private static AMQP.BasicProperties fitting(
            Incoming incoming, Map<String, Object> headers, Map<String, Object> more, int frameMax) {
        long room = (frameMax == 0 ? DEFAULT_FRAME : frameMax) - BESIDE_HEADERS - size(headers);
        for (Map.Entry<String, Object> entry : more.entrySet()) {
            long size = size(Map.of(entry.getKey(), entry.getValue()));
            if (size <= room) {
                headers.put(entry.getKey(), entry.getValue());
                room -= size;
            }
        }
        // An expiration of the publisher's was for the first queue; here it would cut the wait short, or lose a dead
        // letter.
        return incoming.properties()
                .builder()
                .headers(headers)
                .expiration(null)
                .deliveryMode(2)
                .build();
    }

    private static long size(Map<String, Object> headers) {
        try {
            return com.rabbitmq.client.impl.Frame.tableSize(headers);
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException("UTF-8 is missing", e);
        }
    }

    private static String reason(Verdict verdict) {
        return switch (verdict.kind()) {
            case UNDECODABLE -> "undecodable";
            case DEAD_LETTER -> "permanent";
            default -> "attempts";
        };
    }

    /** Somebody else's exception may fail to print itself. */
    private static String stack(Throwable failure) {
        StringWriter text = new StringWriter();
        try {
            failure.printStackTrace(new PrintWriter(text));
        } catch (RuntimeException | StackOverflowError broken) {
            text.write(" (the rest of this stack could not be printed)");
        }
        return text.toString();
    }
}
