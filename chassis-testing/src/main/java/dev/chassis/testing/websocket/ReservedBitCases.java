package dev.chassis.testing.websocket;

import java.util.ArrayList;
import java.util.List;

/** Reserved bits mean nothing unless an extension says so (RFC 6455, section 5.2). */
final class ReservedBitCases {

    private ReservedBitCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        for (int value = 1; value < 8; value++) {
            int bits = value << 4;
            String name = "reserved bits " + value + " in ";
            cases.add(alone(name + "text", ClientFrame.text("a").bits(bits)));
            cases.add(alone(name + "binary", ClientFrame.binary(new byte[3]).bits(bits)));
            cases.add(alone(name + "ping", ClientFrame.ping("a").bits(bits)));
            cases.add(alone(name + "close", ClientFrame.close(1000, "").bits(bits)));
            cases.add(ConformanceCase.of(
                    "5.2",
                    name + "the second text, chopped",
                    c -> c.echoes("good")
                            .chopped(1, ClientFrame.text("a").bits(bits), ClientFrame.ping("late"))
                            .expectClose(Conversation.PROTOCOL_ERROR)));
            cases.add(ConformanceCase.of(
                    "5.2",
                    name + "a continuation",
                    c -> c.send(ClientFrame.begin("a"), ClientFrame.end("b").bits(bits))
                            .expectClose(Conversation.PROTOCOL_ERROR)));
        }
        return cases;
    }

    private static ConformanceCase alone(String name, ClientFrame frame) {
        return ConformanceCase.of("5.2", name, c -> c.send(frame).expectClose(Conversation.PROTOCOL_ERROR));
    }
}
