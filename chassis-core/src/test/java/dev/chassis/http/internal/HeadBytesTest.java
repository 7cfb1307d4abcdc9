package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeadBytesTest {

    private final HeadBytes head = new HeadBytes();

    @Test
    void writesWhatWasAdded() {
        head.add("x-name".getBytes(StandardCharsets.US_ASCII));
        head.add(':', ' ');
        head.add("café ÿ");
        head.add('\r', '\n');

        assertThat(text()).isEqualTo("x-name: café ÿ\r\n");
    }

    @Test
    void writesNumbers() {
        long[] numbers = {0, 9, 10, 99, 100, Long.MAX_VALUE};
        for (long number : numbers) {
            head.clear();
            head.decimal(number);
            assertThat(text()).isEqualTo(Long.toString(number));
        }
    }

    @Test
    void growsAndBeginsAgain() {
        String longValue = "v".repeat(100_000);
        head.add("short");
        head.add(longValue);
        assertThat(text()).isEqualTo("short" + longValue);

        head.clear();
        head.add("again");
        assertThat(text()).isEqualTo("again");
        assertThat(head.length()).isEqualTo(5);
    }

    private String text() {
        ByteBuf out = Unpooled.buffer();
        head.writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
