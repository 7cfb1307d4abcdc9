package dev.chassis.testing.websocket;

import java.util.ArrayList;
import java.util.List;

/** What a client sends is masked (RFC 6455, sections 5.1 and 5.3). */
final class MaskCases {

    private static final byte[][] KEYS = {
        {0, 0, 0, 0},
        {-1, -1, -1, -1},
        {1, 0, 0, 0},
        {0, 0, 0, 1},
        {(byte) 0x80, 0x40, 0x20, 0x10},
        {'*', '*', '*', '*'}
    };

    private MaskCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        for (int i = 0; i < KEYS.length; i++) {
            byte[] key = KEYS[i];
            cases.add(ConformanceCase.of("5.3", "mask " + (i + 1), c -> {
                String text = "Every length modulo 8: ";
                for (int more = 0; more < 9; more++) {
                    c.bytes(ClientFrame.text(text + "*".repeat(more)).masked(key))
                            .expectText(text + "*".repeat(more));
                }
                c.closes();
            }));
        }
        cases.add(unmasked("text", ClientFrame.text("a")));
        cases.add(unmasked("empty text", ClientFrame.text("")));
        cases.add(unmasked("binary", ClientFrame.binary(new byte[200])));
        cases.add(unmasked("ping", ClientFrame.ping("a")));
        cases.add(unmasked("close", ClientFrame.close(1000, "")));
        cases.add(ConformanceCase.of(
                "5.1",
                "second fragment without mask",
                c -> c.send(ClientFrame.begin("a"))
                        .bytes(ClientFrame.end("b").unmasked())
                        .expectClose(Conversation.PROTOCOL_ERROR)));
        return cases;
    }

    private static ConformanceCase unmasked(String what, ClientFrame frame) {
        return ConformanceCase.of(
                "5.1", what + " without mask", c -> c.bytes(frame.unmasked()).expectClose(Conversation.PROTOCOL_ERROR));
    }
}
