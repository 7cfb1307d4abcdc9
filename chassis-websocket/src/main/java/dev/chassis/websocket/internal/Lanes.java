package dev.chassis.websocket.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one session: own messages of the chassis, the latest value of each key, and the rest in its order. Exists only while
 * something waits. Not thread-safe; guarded by the outbox that has it.
 *
 * <ul>
 *   <li>I1: {@code bytes} is the sum over all three lanes of frame and {@link #OVERHEAD}.
 *   <li>I2: {@code bytes} exceeds the budget only by a message that found the lanes empty, or by {@link #CONTROL_BYTES} of control messages.
 *   <li>I3: only messages that say so are ever dropped or replaced.
 *   <li>I4: {@code droppableBytes} is that part of {@code bytes} which may be dropped to make room.
 * </ul>
 */
final class Lanes {

    /** What a waiting message costs beside its frame, so that tiny ones cannot wait without end. */
    static final int OVERHEAD = 64;

    /** What own messages may take beyond the budget: some hundreds. */
    private static final int CONTROL_BYTES = 64 * 1024;

    private final @Nullable DeflatePool deflate;
    private final Deque<EncodedMessage> control = new ArrayDeque<>(2);
    private final Map<String, EncodedMessage> latest = new LinkedHashMap<>(4);
    private final Deque<Waiting> ordered = new ArrayDeque<>(4);
    private int bytes;
    private int droppableBytes; // of these
    private boolean latestNext;

    Lanes(@Nullable DeflatePool deflate) {
        this.deflate = deflate;
    }

    private record Waiting(EncodedMessage message, boolean droppable) {}

    int count() {
        return control.size() + latest.size() + ordered.size();
    }

    int bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /**
     * Puts a message in its lane.
     *
     * @return CLOSED if it found no room and must not be lost
     */
    SendResult add(EncodedMessage message, Delivery delivery, OutboxSettings settings) {
        return switch (delivery.kind()) {
            case CONTROL -> addControl(message, settings);
            case DISCONNECT -> addOrdered(message, false, makeRoom(message, settings), SendResult.CLOSED);
            case DROP_OLDEST -> addOrdered(message, true, makeRoom(message, settings), SendResult.DROPPED);
            case CONFLATE -> addLatest(message, String.valueOf(delivery.key()), settings);
        };
    }

    private SendResult addControl(EncodedMessage message, OutboxSettings settings) {
        if (bytes + cost(message) > settings.budgetBytes() + CONTROL_BYTES) {
            return SendResult.CLOSED;
        }
        control.add(message);
        bytes += cost(message);
        return SendResult.QUEUED;
    }

    private SendResult addOrdered(EncodedMessage message, boolean droppable, boolean fits, SendResult otherwise) {
        if (!fits) {
            return otherwise;
        }
        ordered.add(new Waiting(message, droppable));
        bytes += cost(message);
        droppableBytes += droppable ? cost(message) : 0;
        return SendResult.QUEUED;
    }

    private SendResult addLatest(EncodedMessage message, String key, OutboxSettings settings) {
        EncodedMessage old = latest.get(key);
        int freed = old == null ? 0 : cost(old);
        bytes -= freed;
        if (!makeRoom(message, settings)) {
            bytes += freed;
            return SendResult.DROPPED;
        }
        latest.put(key, message); // in the place of the old one, so that a busy key does not wait for ever
        bytes += cost(message);
        return old == null ? SendResult.QUEUED : SendResult.CONFLATED;
    }

    /** Drops the oldest that may be dropped until the message fits. Returns whether it does; if not, nothing was dropped. */
    private boolean makeRoom(EncodedMessage message, OutboxSettings settings) {
        if (fits(message, settings)) {
            return true;
        }
        if (bytes - droppableBytes + cost(message) > settings.budgetBytes()) {
            return false;
        }
        for (Iterator<Waiting> each = ordered.iterator(); each.hasNext() && !fits(message, settings); ) {
            Waiting waiting = each.next();
            if (waiting.droppable()) {
                each.remove();
                bytes -= cost(waiting.message());
                droppableBytes -= cost(waiting.message());
                settings.dropped().increment();
            }
        }
        return true;
    }

    private boolean fits(EncodedMessage message, OutboxSettings settings) {
        return bytes == 0 || bytes + cost(message) <= settings.budgetBytes();
    }

    private int cost(EncodedMessage message) {
        return message.size(deflate) + OVERHEAD;
    }

    /** The next one to send: control first, then latest values and the rest by turns. */
    EncodedMessage remove() {
        EncodedMessage next = control.poll();
        if (next == null) {
            next = latestNext && !latest.isEmpty() || ordered.isEmpty() ? removeLatest() : removeOrdered();
            latestNext = !latestNext;
        }
        bytes -= cost(next);
        return next;
    }

    private EncodedMessage removeOrdered() {
        Waiting first = ordered.remove();
        droppableBytes -= first.droppable() ? cost(first.message()) : 0; // I4
        return first.message();
    }

    private EncodedMessage removeLatest() {
        Iterator<EncodedMessage> values = latest.values().iterator();
        EncodedMessage first = values.next();
        values.remove();
        return first;
    }
}
