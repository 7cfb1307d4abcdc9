package dev.chassis.testing.websocket;

import static dev.chassis.testing.websocket.Conversation.TOO_BIG;

import java.util.ArrayList;
import java.util.List;

/** Short data that inflates to too much (RFC 6455, section 10.4; RFC 7692, section 8): each is closed with 1009. */
final class BombCases {

    private static final int MIB = 1024 * 1024;

    private BombCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        for (int over : new int[] {1, MIB, 16 * MIB, 64 * MIB}) {
            String name = over + " bytes too many, ";
            cases.add(of(name + "in one frame", c -> bomb(c, over, Integer.MAX_VALUE)));
            cases.add(of(name + "in fragments of 64", c -> bomb(c, over, 64)));
            cases.add(of(name + "in fragments of 1 KiB", c -> bomb(c, over, 1_024)));
        }
        cases.add(of(
                "10 MiB too many as text",
                c -> c.send(new ClientFrame(0xc1, zeros(c.maxMessageBytes() + 10 * MIB)))
                        .expectClose(TOO_BIG)));
        cases.add(of("too many, and others are served", c -> {
            try (Conversation other =
                    new Conversation(WebSocketTestClient.connect(c.client().uri()), 0)) {
                other.echoes("before");
                bomb(c, MIB, Integer.MAX_VALUE);
                other.echoes("after").closes();
            }
        }));
        return cases;
    }

    private static void bomb(Conversation c, int over, int fragment) {
        byte[] deflated = zeros(c.maxMessageBytes() + over);
        ClientFrame[] frames = ClientFrame.fragments(ClientFrame.BINARY, deflated, Math.min(fragment, deflated.length));
        frames[0] = frames[0].bits(ClientFrame.RSV1);
        c.send(frames).expectClose(TOO_BIG);
    }

    private static byte[] zeros(int count) {
        return ClientFrame.deflate(new byte[count]);
    }

    private static ConformanceCase of(String name, ConformanceCase.Script script) {
        return ConformanceCase.deflating("8", name, script);
    }
}
