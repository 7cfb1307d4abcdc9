package dev.chassis.testing.websocket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The three forms of a length, at their edges (RFC 6455, section 5.2). */
final class FramingCases {

    private static final int[] LENGTHS = {0, 1, 7, 8, 9, 125, 126, 127, 128, 65_535, 65_536};
    private static final int CHOP = 997;

    private FramingCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        for (int length : LENGTHS) {
            cases.add(ConformanceCase.of(
                    "5.2",
                    "text of " + length,
                    c -> c.echoes("*".repeat(length)).closes()));
            cases.add(ConformanceCase.of(
                    "5.2", "binary of " + length, c -> c.echoes(filled(length)).closes()));
        }
        for (int chop : new int[] {1, CHOP}) {
            int length = chop == 1 ? 2_000 : 65_536;
            String name = " of " + length + " in pieces of " + chop;
            cases.add(ConformanceCase.of(
                    "5.2", "text" + name, c -> chopped(c, ClientFrame.text("*".repeat(length)), chop)));
            cases.add(ConformanceCase.of(
                    "5.2", "binary" + name, c -> chopped(c, ClientFrame.binary(filled(length)), chop)));
        }
        cases.add(ConformanceCase.of(
                "5.2", "length in 2 bytes that fits in 7 bits", c -> badLength(c, 0x82, 0xfe, 0, 125)));
        cases.add(ConformanceCase.of(
                "5.2",
                "length in 8 bytes that fits in 7 bits",
                c -> badLength(c, 0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 125)));
        cases.add(ConformanceCase.of(
                "5.2",
                "length in 8 bytes that fits in 2",
                c -> badLength(c, 0x82, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff)));
        cases.add(ConformanceCase.of(
                "5.2", "length with its topmost bit set", c -> badLength(c, 0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1)));
        cases.add(ConformanceCase.of(
                "5.2",
                "two frames in one piece",
                c -> c.send(ClientFrame.text("a"), ClientFrame.text("b"))
                        .expectText("a")
                        .expectText("b")
                        .closes()));
        return cases;
    }

    private static void chopped(Conversation c, ClientFrame frame, int chop) {
        c.chopped(chop, frame);
        if ((frame.first() & 0xf) == ClientFrame.TEXT) {
            c.expectText("*".repeat(frame.payload().length)).closes();
        } else {
            c.expectBinary(frame.payload()).closes();
        }
    }

    private static void badLength(Conversation c, int... head) {
        c.bytes(head)
                .bytes(1, 2, 3, 4)
                .bytes(new byte[125])
                .expectClose(Conversation.PROTOCOL_ERROR, Conversation.TOO_BIG);
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xfe);
        return bytes;
    }
}
