package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingTest {

    private final Ring ring = new Ring();

    @Test
    void takesOneOrAllUpToIt() {
        ring.add(1, pending(10));
        assertThat(numbers(ring.take(3, false))).containsExactly(3L);
        assertThat(numbers(ring.take(5, true))).containsExactly(1L, 2L, 4L, 5L);
        assertThat(ring.take(5, true)).as("twice").isEmpty();
        assertThat(ring.take(3, false)).as("twice").isEmpty();
        assertThat(ring.take(11, false)).as("never sent").isEmpty();
        assertThat(numbers(ring.close())).containsExactly(6L, 7L, 8L, 9L, 10L);
        assertThat(ring.add(11, pending(1))).isFalse();
    }

    @Test
    void growsWhenTheFirstIsNotConfirmed() {
        long next = 1;
        for (int i = 0; i < 40; i++) {
            ring.add(next, pending(100));
            for (long each = Math.max(2, next); each < next + 100; each++) {
                assertThat(numbers(ring.take(each, false))).containsExactly(each);
            }
            next += 100;
        }
        assertThat(numbers(ring.take(next - 1, true))).containsExactly(1L);
    }

    @Test
    void expiresTheOldOnes() {
        List<Pending> all = pending(4);
        for (int i = 0; i < 4; i++) {
            all.get(i).acceptedAt = 100 + i;
        }
        ring.add(1, all);
        assertThat(numbers(ring.expire(101))).containsExactly(1L, 2L);
        assertThat(ring.take(1, false)).isEmpty();
        assertThat(numbers(ring.take(4, true))).containsExactly(3L, 4L);
    }

    @Test
    void marksTheFirstOfThoseThatWereReturned() {
        ring.add(1, pending(3));
        ring.returned(pending -> true, "312");
        ring.returned(pending -> pending.sequence == 3, "313");
        assertThat(ring.take(3, true).stream().map(pending -> pending.returned)).containsExactly("312", null, "313");
    }

    private static List<Pending> pending(int count) {
        List<Pending> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Pending("key", Message.of(new byte[0], "a/b"), new BasicProperties()));
        }
        return all;
    }

    private static List<Long> numbers(List<Pending> messages) {
        return messages.stream().map(message -> message.sequence).toList();
    }
}
