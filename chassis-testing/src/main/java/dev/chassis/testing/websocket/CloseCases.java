package dev.chassis.testing.websocket;

import static dev.chassis.testing.websocket.ConformanceCase.of;
import static dev.chassis.testing.websocket.Conversation.INVALID_DATA;
import static dev.chassis.testing.websocket.Conversation.PROTOCOL_ERROR;

import java.util.ArrayList;
import java.util.List;

/** Closing (RFC 6455, sections 5.5.1, 7.1 and 7.4, and the codes registered since). */
final class CloseCases {

    private static final int[] GOOD = {
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000, 4401, 4999
    };
    private static final int[] BAD = {
        0, 1, 500, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 10_000, 32_768, 65_535
    };

    private CloseCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>(List.of(
                of("7.1.2", "text, then close", c -> c.echoes("Hello World!").closes()),
                of("5.5.1", "two close frames", c -> c.send(close(), close()).expectClose(1000)),
                of(
                        "5.5.1",
                        "close without code",
                        c -> c.send(ClientFrame.close(new byte[0])).expectClose(1005, 1000)),
                of(
                        "5.5.1",
                        "close of one byte",
                        c -> c.send(ClientFrame.close(new byte[1])).expectClose(PROTOCOL_ERROR)),
                of(
                        "5.5.1",
                        "close with reason",
                        c -> c.send(ClientFrame.close(1000, "Hello")).expectClose(1000)),
                of("5.5.1", "close with 123 bytes of reason", c -> reason(c, "*".repeat(123), 1000)),
                of("5.5.1", "close with 124 bytes of reason", c -> reason(c, "*".repeat(124), PROTOCOL_ERROR)),
                of("5.5.1", "close with a reason beyond ASCII", c -> reason(c, "κόσμε 𝄞", 1000)),
                of(
                        "5.5.1",
                        "close with a reason that is no UTF-8",
                        c -> c.send(ClientFrame.close(
                                        new byte[] {3, (byte) 0xe8, (byte) 0xce, (byte) 0xba, (byte) 0xe1}))
                                .expectClose(INVALID_DATA)),
                of(
                        "5.5.1",
                        "close with a surrogate in its reason",
                        c -> c.send(ClientFrame.close(
                                        new byte[] {3, (byte) 0xe8, (byte) 0xed, (byte) 0xa0, (byte) 0x80}))
                                .expectClose(INVALID_DATA)),
                of(
                        "5.5.1",
                        "close, byte by byte",
                        c -> c.chopped(1, ClientFrame.close(1001, "slowly")).expectClose(1001)),
                of(
                        "5.5.1",
                        "ping after close",
                        c -> c.send(close(), ClientFrame.ping("")).expectClose(1000)),
                of(
                        "5.5.1",
                        "text after close",
                        c -> c.send(close(), ClientFrame.text("late")).expectClose(1000)),
                of(
                        "5.5.1",
                        "garbage after close",
                        c -> c.send(close()).bytes(0xff, 0xff, 0xff).expectClose(1000)),
                of(
                        "7.1.2",
                        "fragment, close, last fragment",
                        c -> c.send(ClientFrame.begin("a"), close(), ClientFrame.end("b"))
                                .expectClose(1000)),
                of(
                        "7.1.2",
                        "a long message, then close at once",
                        c -> c.send(
                                        ClientFrame.text("*".repeat(Math.min(262_144, c.maxMessageBytes()))),
                                        ClientFrame.ping("p"),
                                        close())
                                .expectClose(1000))));
        for (int code : GOOD) {
            cases.add(of(
                    "7.4",
                    "close with " + code,
                    c -> c.send(ClientFrame.close(code, "")).expectClose(code, 1000)));
            cases.add(of(
                    "7.4",
                    "close with " + code + " and reason",
                    c -> c.send(ClientFrame.close(code, "why")).expectClose(code, 1000)));
        }
        for (int code : BAD) {
            cases.add(of(
                    "7.4",
                    "close with " + code,
                    c -> c.send(ClientFrame.close(code, "")).expectClose(PROTOCOL_ERROR)));
        }
        return cases;
    }

    private static ClientFrame close() {
        return ClientFrame.close(1000, "");
    }

    private static void reason(Conversation c, String reason, int code) {
        c.send(ClientFrame.close(1000, reason)).expectClose(code);
    }
}
