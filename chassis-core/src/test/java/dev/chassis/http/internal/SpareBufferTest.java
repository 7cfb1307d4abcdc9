package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpareBufferTest {

    private final UnpooledByteBufAllocator pool = new UnpooledByteBufAllocator(true);
    private final SpareBuffer spare = new SpareBuffer(ByteBufAllocator::directBuffer);

    @AfterEach
    void release() {
        spare.release();
        assertThat(pool.metric().usedDirectMemory()).isZero();
    }

    @Test
    void isUsedAgainOnceNobodyHasIt() {
        ByteBuf first = spare.take(pool, 10);
        first.writeBytes(ascii("0123456789")).skipBytes(4);
        first.release();

        ByteBuf second = spare.take(pool, 10);

        assertThat(second).isSameAs(first);
        assertThat(second.readableBytes()).isZero();
        second.release();
    }

    @Test
    void isNobodyElsesWhileSomebodyHasIt() {
        ByteBuf first = spare.take(pool, 10).writeBytes(ascii("first"));
        ByteBuf second = spare.take(pool, 10).writeBytes(ascii("second"));

        assertThat(text(first)).isEqualTo("first");
        assertThat(text(second)).isEqualTo("second");
        first.release();
        second.release();
    }

    @Test
    void isGivenUpWhereSomebodyKeepsIt() {
        ByteBuf kept = spare.take(pool, 10).writeBytes(ascii("kept"));
        spare.renew();

        ByteBuf another = spare.take(pool, 10).writeBytes(ascii("another"));
        another.release();

        assertThat(spare.take(pool, 10)).isSameAs(another);
        another.release();
        assertThat(text(kept)).isEqualTo("kept");
        kept.release();
    }

    @Test
    void isKeptWhereNobodyHasIt() {
        ByteBuf first = spare.take(pool, 10);
        first.release();
        spare.renew();

        assertThat(spare.take(pool, 10)).isSameAs(first);
        first.release();
    }

    @Test
    void whatIsLongerComesFromThePool() {
        ByteBuf longer = spare.take(pool, Limits.CHUNK_BYTES + 1);

        assertThat(longer.capacity()).isGreaterThan(Limits.CHUNK_BYTES);
        longer.release();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(ByteBuf bytes) {
        return bytes.toString(StandardCharsets.US_ASCII);
    }
}
