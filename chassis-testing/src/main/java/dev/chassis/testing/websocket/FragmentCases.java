package dev.chassis.testing.websocket;

import static dev.chassis.testing.websocket.ClientFrame.begin;
import static dev.chassis.testing.websocket.ClientFrame.end;
import static dev.chassis.testing.websocket.ClientFrame.more;
import static dev.chassis.testing.websocket.ClientFrame.ping;
import static dev.chassis.testing.websocket.ClientFrame.text;
import static dev.chassis.testing.websocket.ConformanceCase.of;
import static dev.chassis.testing.websocket.Conversation.PROTOCOL_ERROR;

import java.util.List;

/** Messages in fragments (RFC 6455, section 5.4). */
final class FragmentCases {

    private FragmentCases() {}

    static List<ConformanceCase> all() {
        return List.of(
                of("5.5", "ping in two fragments", c -> control(c, ClientFrame.PING)),
                of("5.5", "pong in two fragments", c -> control(c, ClientFrame.PONG)),
                of("5.5", "close in two fragments", c -> control(c, ClientFrame.CLOSE)),
                of(
                        "5.4",
                        "two fragments",
                        c -> c.send(begin("a"), end("b")).expectText("ab").closes()),
                of(
                        "5.4",
                        "two fragments, ping between",
                        c -> c.send(begin("a"), ping("p"), end("b"))
                                .expectPong("p")
                                .expectText("ab")
                                .closes()),
                of(
                        "5.4",
                        "two fragments, ping between, byte by byte",
                        c -> c.chopped(1, begin("a"), ping("p"), end("b"))
                                .expectPong("p")
                                .expectText("ab")
                                .closes()),
                of(
                        "5.4",
                        "two fragments, pong between",
                        c -> c.send(begin("a"), ClientFrame.pong("p"), end("b"))
                                .expectText("ab")
                                .closes()),
                of(
                        "5.4",
                        "two fragments, the first empty",
                        c -> c.send(begin(""), end("b")).expectText("b").closes()),
                of(
                        "5.4",
                        "two fragments, the last empty",
                        c -> c.send(begin("a"), end("")).expectText("a").closes()),
                of(
                        "5.4",
                        "three empty fragments",
                        c -> c.send(begin(""), more(""), end("")).expectText("").closes()),
                of(
                        "5.4",
                        "three fragments, the middle one full",
                        c -> c.send(begin(""), more("m"), end(""))
                                .expectText("m")
                                .closes()),
                of(
                        "5.4",
                        "binary fragments",
                        c -> c.send(ClientFrame.fragments(ClientFrame.BINARY, new byte[100], 7))
                                .expectBinary(new byte[100])
                                .closes()),
                of(
                        "5.4",
                        "100 fragments of one byte",
                        c -> c.send(ClientFrame.fragments(ClientFrame.TEXT, Wire.utf8("*".repeat(100)), 1))
                                .expectText("*".repeat(100))
                                .closes()),
                of(
                        "5.4",
                        "five fragments, two pings between",
                        c -> c.send(begin("1"), more("2"), ping("p1"), more("3"), more("4"), ping("p2"), end("5"))
                                .expectPong("p1")
                                .expectPong("p2")
                                .expectText("12345")
                                .closes()),
                of(
                        "5.4",
                        "five fragments, two pings between, byte by byte",
                        c -> c.chopped(1, begin("1"), more("2"), ping("p1"), more("3"), more("4"), ping("p2"), end("5"))
                                .expectPong("p1")
                                .expectPong("p2")
                                .expectText("12345")
                                .closes()),
                of(
                        "5.4",
                        "two messages in fragments",
                        c -> c.send(begin("a"), end("b"), begin("c"), end("d"))
                                .expectText("ab")
                                .expectText("cd")
                                .closes()),
                of(
                        "5.4",
                        "last fragment of nothing",
                        c -> c.send(end("a"), text("b")).expectClose(PROTOCOL_ERROR)),
                of(
                        "5.4",
                        "last fragment of nothing, byte by byte",
                        c -> c.chopped(1, end("a"), text("b")).expectClose(PROTOCOL_ERROR)),
                of(
                        "5.4",
                        "fragment of nothing",
                        c -> c.send(more("a"), text("b")).expectClose(PROTOCOL_ERROR)),
                of(
                        "5.4",
                        "fragment of nothing, byte by byte",
                        c -> c.chopped(1, more("a"), text("b")).expectClose(PROTOCOL_ERROR)),
                of(
                        "5.4",
                        "fragment after a whole message",
                        c -> c.echoes("a").send(end("b")).expectClose(PROTOCOL_ERROR)),
                of(
                        "5.4",
                        "fragment after the last",
                        c -> c.send(begin("a"), end("b"))
                                .expectText("ab")
                                .send(end("c"))
                                .expectClose(PROTOCOL_ERROR)),
                of(
                        "5.4",
                        "message within a message",
                        c -> c.send(begin("a"), text("b")).expectClose(PROTOCOL_ERROR)),
                of(
                        "5.4",
                        "binary within a text",
                        c -> c.send(begin("a"), ClientFrame.binary(new byte[1])).expectClose(PROTOCOL_ERROR)),
                of(
                        "5.4",
                        "beginning within a message",
                        c -> c.send(begin("a"), begin("b")).expectClose(PROTOCOL_ERROR)),
                of(
                        "5.4",
                        "message within a message, byte by byte",
                        c -> c.chopped(1, begin("a"), text("b")).expectClose(PROTOCOL_ERROR)),
                of(
                        "5.4",
                        "close within a message",
                        c -> c.send(begin("a"), ClientFrame.close(1000, "")).expectClose(1000)));
    }

    private static void control(Conversation c, int opcode) {
        c.send(new ClientFrame(opcode, new byte[0]), end("")).expectClose(PROTOCOL_ERROR);
    }
}
