package dev.chassis.testing.websocket;

import static dev.chassis.testing.websocket.ConformanceCase.deflating;
import static dev.chassis.testing.websocket.Conversation.INVALID_DATA;
import static dev.chassis.testing.websocket.Conversation.PROTOCOL_ERROR;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What compressed data may look like, and what is none (RFC 7692, sections 6.1, 7.2.2 and 7.2.3). */
final class DeflateDataCases {

    private static final String HELLO = "f248cdc9c90700";

    private DeflateDataCases() {}

    static List<ConformanceCase> all() {
        return List.of(
                deflating(
                        "7.2.3.1",
                        "one block",
                        c -> c.send(text(HELLO)).expectText("Hello").closes()),
                deflating(
                        "7.2.3.1",
                        "one block in two fragments",
                        c -> c.send(new ClientFrame(0x41, hex("f248cd")), new ClientFrame(0x80, hex("c9c90700")))
                                .expectText("Hello")
                                .closes()),
                deflating(
                        "7.2.3.1",
                        "one block, byte by byte",
                        c -> c.chopped(1, text(HELLO)).expectText("Hello").closes()),
                deflating(
                        "7.2.3.3",
                        "a block that is not compressed",
                        c -> c.send(text("000500faff48656c6c6f00"))
                                .expectText("Hello")
                                .closes()),
                deflating(
                        "7.2.3.4",
                        "a last block",
                        c -> c.send(text("f348cdc9c9070000"))
                                .expectText("Hello")
                                .closes()),
                deflating(
                        "7.2.3.5",
                        "two blocks",
                        c -> c.send(text("f24805000000ffffcac9c90700"))
                                .expectText("Hello")
                                .closes()),
                deflating(
                        "7.2.3.6",
                        "an empty message",
                        c -> c.send(text("00")).expectText("").closes()),
                deflating(
                        "6.1",
                        "an empty first fragment",
                        c -> c.send(new ClientFrame(0x41, new byte[0]), new ClientFrame(0x80, hex(HELLO)))
                                .expectText("Hello")
                                .closes()),
                deflating(
                        "6.1",
                        "an empty last fragment",
                        c -> c.send(new ClientFrame(0x41, hex(HELLO)), new ClientFrame(0x80, new byte[0]))
                                .expectText("Hello")
                                .closes()),
                deflating(
                        "6.1",
                        "a ping between fragments",
                        c -> c.send(
                                        new ClientFrame(0x41, hex("f248")),
                                        ClientFrame.ping("p"),
                                        new ClientFrame(0x80, hex("cdc9c90700")))
                                .expectPong("p")
                                .expectText("Hello")
                                .closes()),
                deflating(
                        "6.1",
                        "plain and compressed in turn",
                        c -> c.echoes("plain")
                                .send(text(HELLO))
                                .expectText("Hello")
                                .echoes("plain again")
                                .closes()),
                deflating(
                        "6.1",
                        "plain in fragments",
                        c -> c.send(ClientFrame.begin("a"), ClientFrame.end("b"))
                                .expectText("ab")
                                .closes()),
                deflating(
                        "6.1",
                        "RSV1 in a continuation",
                        c -> c.send(new ClientFrame(0x41, hex("f248cd")), new ClientFrame(0xc0, hex("c9c90700")))
                                .expectClose(PROTOCOL_ERROR)),
                deflating(
                        "6.1",
                        "RSV1 in a ping",
                        c -> c.send(ClientFrame.ping("p").bits(0x40)).expectClose(PROTOCOL_ERROR)),
                deflating(
                        "6.1",
                        "RSV1 in a close frame",
                        c -> c.send(ClientFrame.close(1000, "").bits(0x40)).expectClose(PROTOCOL_ERROR)),
                deflating("6.1", "RSV2", c -> c.send(text(HELLO).bits(0x20)).expectClose(PROTOCOL_ERROR)),
                deflating("6.1", "RSV3", c -> c.send(text(HELLO).bits(0x10)).expectClose(PROTOCOL_ERROR)),
                malformed("a reserved kind of block", "ffffffff"),
                malformed("a stored block with a wrong length", "000500000048656c6c6f00"),
                malformed("a distance beyond the beginning", distanceTooFar()),
                malformed("text that was not compressed at all", "48656c6c6f20776f726c6421"),
                malformed("zlib's head", "789cf248cdc9c90700"),
                deflating(
                        "7.2.2",
                        "UTF-8 that is none, compressed",
                        c -> c.send(deflated(hex("48656c6c6fc0af"))).expectClose(INVALID_DATA)),
                deflating(
                        "7.2.2",
                        "UTF-8 cut off, compressed",
                        c -> c.send(deflated(hex("48656c6c6fe282"))).expectClose(INVALID_DATA)),
                deflating("7.2.2", "UTF-8 in two fragments, cut within a character", c -> split(c, "€".repeat(40))),
                deflating(
                        "7.2.2",
                        "bytes that are no text, compressed",
                        c -> c.send(new ClientFrame(0xc2, ClientFrame.deflate(hex("c080ff"))))
                                .expectBinary(hex("c080ff"))
                                .closes()));
    }

    private static ConformanceCase malformed(String name, String data) {
        return deflating("7.2.2", name, c -> c.send(text(data)).expectClose(INVALID_DATA, PROTOCOL_ERROR));
    }

    /** A fixed block whose first code is a copy: length 3, distance 1, of nothing. */
    private static String distanceTooFar() {
        return "02020000";
    }

    private static void split(Conversation c, String text) {
        byte[] deflated = ClientFrame.deflate(Wire.utf8(text));
        int half = deflated.length / 2;
        c.send(
                        new ClientFrame(0x41, Arrays.copyOf(deflated, half)),
                        new ClientFrame(0x80, Arrays.copyOfRange(deflated, half, deflated.length)))
                .expectText(text)
                .closes();
    }

    private static ClientFrame text(String hex) {
        return new ClientFrame(0xc1, hex(hex));
    }

    private static ClientFrame deflated(byte[] plain) {
        return new ClientFrame(0xc1, ClientFrame.deflate(plain));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
