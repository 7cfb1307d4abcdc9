package dev.chassis.websocket.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Random;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class EncodedMessageTest {

    private final DeflatePool pool = new DeflatePool(2);

    @Test
    void writesHeadsOfAllThreeLengths() {
        assertThat(head(0)).isEqualTo("8200");
        assertThat(head(125)).isEqualTo("827d");
        assertThat(head(126)).isEqualTo("827e007e");
        assertThat(head(65_535)).isEqualTo("827effff");
        assertThat(head(65_536)).isEqualTo("827f0000000000010000");
        assertThat(head(16_777_217)).isEqualTo("827f0000000001000001");
    }

    private static String head(int length) {
        EncodedMessage message = EncodedMessage.binary(new byte[length]);
        ByteBuf frame = message.frame(null);
        assertThat(frame.readableBytes()).isEqualTo(message.size(null));
        assertThat(message.payloadBytes()).isEqualTo(length);
        return ByteBufUtil.hexDump(frame, 0, frame.readableBytes() - length);
    }

    @Test
    void compressesLongMessagesOnce() throws Exception {
        String text = "live score 21:17 ".repeat(200);
        EncodedMessage message = EncodedMessage.text(text);
        ByteBuf frame = message.frame(pool);
        assertThat(frame.array()).isSameAs(message.frame(pool).array());
        assertThat(frame.readableBytes()).isEqualTo(message.size(pool)).isLessThan(300);
        assertThat(frame.getByte(0)).isEqualTo((byte) 0xc1);
        Inflater inflater = new Inflater(true);
        inflater.setInput(frame.array(), 2, frame.readableBytes() - 2);
        byte[] plain = new byte[text.length() + 1];
        assertThat(new String(plain, 0, inflater.inflate(plain), "UTF-8")).isEqualTo(text);
        assertThat(message.frame(null).getByte(0)).isEqualTo((byte) 0x81);
    }

    @Test
    void leavesShortAndIncompressibleMessagesAsTheyAre() {
        byte[] noise = new byte[5_000];
        new Random(1).nextBytes(noise);
        assertThat(EncodedMessage.binary(noise).frame(pool).getByte(0)).isEqualTo((byte) 0x82);
        assertThat(EncodedMessage.text("a".repeat(1_023)).frame(pool).getByte(0))
                .isEqualTo((byte) 0x81);
        assertThat(EncodedMessage.text("a".repeat(1_024)).frame(pool).getByte(0))
                .isEqualTo((byte) 0xc1);
    }

    @Test
    void copiesIntoABuffer() {
        ByteBuf out = Unpooled.buffer();
        EncodedMessage.text("a").writeTo(out, null);
        EncodedMessage.text("bc").writeTo(out, pool);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("81016181026263");
    }

    @Test
    void cutsReasonsBetweenCharacters() {
        ByteBuf frame = Frames.close(UnpooledByteBufAllocator.DEFAULT, 1001, "x".repeat(121) + "€");
        assertThat(frame.readableBytes()).isEqualTo(2 + 2 + 121);
        frame.release();
        ByteBuf whole = Frames.close(UnpooledByteBufAllocator.DEFAULT, 1001, "x".repeat(120) + "€");
        assertThat(whole.readableBytes()).isEqualTo(2 + 125);
        whole.release();
    }

    @Test
    void refusesCodesThatMustNotBeSent() {
        for (int code : new int[] {0, 999, 1004, 1006, 1015, 2999, 5000}) {
            assertThatThrownBy(() -> Frames.close(UnpooledByteBufAllocator.DEFAULT, code, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("" + code);
        }
    }
}
