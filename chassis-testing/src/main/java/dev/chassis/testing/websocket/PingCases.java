package dev.chassis.testing.websocket;

import static dev.chassis.testing.websocket.ConformanceCase.of;

import java.util.Arrays;
import java.util.List;

/** Pings and pongs (RFC 6455, sections 5.5.2 and 5.5.3). */
final class PingCases {

    private static final byte[] NO_TEXT = {0, (byte) 0xff, (byte) 0xfe, (byte) 0xfd, (byte) 0xfc, 0, (byte) 0xff};

    private PingCases() {}

    static List<ConformanceCase> all() {
        return List.of(
                of("5.5.2", "ping without payload", c -> ping(c, new byte[0])),
                of("5.5.2", "ping with payload", c -> ping(c, Wire.utf8("Hello, world!"))),
                of("5.5.2", "ping with bytes that are no text", c -> ping(c, NO_TEXT)),
                of("5.5.2", "ping of 125 bytes", c -> ping(c, new byte[125])),
                of("5.5", "ping of 126 bytes", c -> tooLong(c, ClientFrame.PING)),
                of("5.5", "pong of 126 bytes", c -> tooLong(c, ClientFrame.PONG)),
                of(
                        "5.5.2",
                        "ping of 125 bytes, byte by byte",
                        c -> c.chopped(1, new ClientFrame(0x89, new byte[125]))
                                .expectPong(new byte[125])
                                .closes()),
                of(
                        "5.5.3",
                        "pong nobody asked for",
                        c -> c.send(ClientFrame.pong("")).echoes("still here").closes()),
                of(
                        "5.5.3",
                        "pong with payload nobody asked for",
                        c -> c.send(ClientFrame.pong("unasked"))
                                .echoes("still here")
                                .closes()),
                of(
                        "5.5.3",
                        "pong nobody asked for, then ping",
                        c -> c.send(ClientFrame.pong("unasked"), ClientFrame.ping("asked"))
                                .expectPong("asked")
                                .closes()),
                of("5.5.2", "10 pings", c -> c.send(tenPings()).closesAfterPongs()),
                of(
                        "5.5.2",
                        "10 pings, byte by byte",
                        c -> c.chopped(1, tenPings()).closesAfterPongs()));
    }

    private static void ping(Conversation c, byte[] payload) {
        c.send(new ClientFrame(0x89, payload)).expectPong(payload).closes();
    }

    private static void tooLong(Conversation c, int opcode) {
        c.send(new ClientFrame(ClientFrame.FIN | opcode, new byte[126])).expectClose(Conversation.PROTOCOL_ERROR);
    }

    private static ClientFrame[] tenPings() {
        ClientFrame[] pings = new ClientFrame[10];
        Arrays.setAll(pings, i -> ClientFrame.ping("payload " + i));
        return pings;
    }
}
