package dev.chassis.testing.websocket;

import java.util.ArrayList;
import java.util.List;

/** Reserved opcodes (RFC 6455, sections 5.2 and 11.8). */
final class OpcodeCases {

    private static final int[] RESERVED = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15};

    private OpcodeCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        for (int opcode : RESERVED) {
            ClientFrame frame = new ClientFrame(ClientFrame.FIN | opcode, new byte[0]);
            cases.add(ConformanceCase.of(
                    "5.2", "opcode " + opcode, c -> c.send(frame).expectClose(Conversation.PROTOCOL_ERROR)));
            cases.add(ConformanceCase.of(
                    "5.2",
                    "opcode " + opcode + " with payload after a text",
                    c -> c.echoes("good")
                            .send(new ClientFrame(frame.first(), Wire.utf8("bad")), ClientFrame.ping("late"))
                            .expectClose(Conversation.PROTOCOL_ERROR)));
            cases.add(ConformanceCase.of(
                    "5.2",
                    "opcode " + opcode + " within a message",
                    c -> c.send(ClientFrame.begin("a"), frame).expectClose(Conversation.PROTOCOL_ERROR)));
        }
        return cases;
    }
}
