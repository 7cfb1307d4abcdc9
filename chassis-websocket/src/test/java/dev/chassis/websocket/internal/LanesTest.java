package dev.chassis.websocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What waits stays within its budget, whatever has been sent of it. */
class LanesTest {

    private static final int BUDGET = 4 * 1024;

    private final OutboxSettings settings = new OutboxSettings(BUDGET, 1);
    private final Lanes lanes = new Lanes(null);

    @Test
    void makesNoRoomOfWhatHasBeenSent() {
        fill(Delivery.DROP_OLDEST);
        int sent = lanes.count() - 1;
        for (int i = 0; i < sent; i++) {
            lanes.remove();
        }
        assertThat(fill(Delivery.DISCONNECT)).isEqualTo(SendResult.CLOSED);
        assertThat(lanes.bytes()).isLessThanOrEqualTo(BUDGET);
        assertThat(settings.dropped().sum()).isOne(); // the one droppable that still waited
    }

    @Test
    void dropsOnlyAsManyAsItMust() {
        fill(Delivery.DROP_OLDEST);
        int full = lanes.count();
        lanes.add(message("one more"), Delivery.DISCONNECT, settings);
        assertThat(settings.dropped().sum()).isOne();
        assertThat(lanes.count()).isEqualTo(full);
    }

    /** Adds until one more would cost something; with what must be kept, until that is refused. */
    private SendResult fill(Delivery delivery) {
        SendResult result = SendResult.QUEUED;
        while (result == SendResult.QUEUED && (delivery == Delivery.DISCONNECT || lanes.bytes() + cost() <= BUDGET)) {
            result = lanes.add(message("filled in"), delivery, settings);
        }
        return result;
    }

    private static int cost() {
        return message("filled in").size(null) + Lanes.OVERHEAD;
    }

    private static EncodedMessage message(String text) {
        return EncodedMessage.text(text);
    }
}
