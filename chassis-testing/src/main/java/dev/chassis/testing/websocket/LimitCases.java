package dev.chassis.testing.websocket;

import static dev.chassis.testing.websocket.ConformanceCase.of;
import static dev.chassis.testing.websocket.Conversation.TOO_BIG;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Long messages, many fragments, many messages, and what is too much (RFC 6455, sections 5.4, 7.4.1 and 10.4). */
final class LimitCases {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int[] SIZES = {64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB};
    private static final int[] FRAGMENTS = {64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB};
    private static final int[] CHOPS = {64, 128, 256, 512, KIB, 2 * KIB};
    private static final int[] SHORT = {0, 16, 64, 256, KIB, 4 * KIB};
    private static final int MANY = 500;

    private LimitCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        for (int size : SIZES) {
            cases.add(of("5.6", "text of " + size, c -> echo(c, ClientFrame.TEXT, size, size)));
            cases.add(of("5.6", "binary of " + size, c -> echo(c, ClientFrame.BINARY, size, size)));
        }
        for (int size : FRAGMENTS) {
            cases.add(
                    of("5.4", "text of 4 MiB in fragments of " + size, c -> echo(c, ClientFrame.TEXT, 4 * MIB, size)));
            cases.add(of(
                    "5.4", "binary of 4 MiB in fragments of " + size, c -> echo(c, ClientFrame.BINARY, 4 * MIB, size)));
        }
        for (int size : CHOPS) {
            cases.add(of("5.6", "text of 256 KiB in pieces of " + size, c -> chopped(c, ClientFrame.TEXT, size)));
            cases.add(of("5.6", "binary of 256 KiB in pieces of " + size, c -> chopped(c, ClientFrame.BINARY, size)));
        }
        for (int size : SHORT) {
            cases.add(of("5.6", MANY + " texts of " + size, c -> many(c, size, true)));
            cases.add(of("5.6", MANY + " binaries of " + size, c -> many(c, size, false)));
        }
        cases.add(of(
                "10.4",
                "the longest message that is allowed",
                c -> echo(c, ClientFrame.BINARY, c.maxMessageBytes(), 65_536)));
        cases.add(of(
                "10.4",
                "one byte too long, in one frame",
                c -> echo(c, ClientFrame.BINARY, c.maxMessageBytes() + 1, Integer.MAX_VALUE)));
        cases.add(of(
                "10.4",
                "one byte too long, in fragments",
                c -> echo(c, ClientFrame.BINARY, c.maxMessageBytes() + 1, 65_536)));
        cases.add(of("10.4", "one byte too long in the last fragment", c -> lastByte(c)));
        cases.add(of("10.4", "2 GiB announced", c -> announced(c, 0, 0, 0, 0, 0x80, 0, 0, 0)));
        cases.add(of("10.4", "4 GiB announced", c -> announced(c, 0, 0, 0, 1, 0, 0, 0, 0)));
        cases.add(of(
                "10.4",
                "all that can be announced",
                c -> announced(c, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)));
        return cases;
    }

    private static void echo(Conversation c, int opcode, int size, int fragment) {
        byte[] payload = payload(size);
        c.send(ClientFrame.fragments(opcode, payload, Math.min(fragment, Math.max(1, size))));
        if (size > c.maxMessageBytes()) {
            c.expectClose(TOO_BIG);
        } else {
            expect(c, opcode, payload);
            c.closes();
        }
    }

    private static void chopped(Conversation c, int opcode, int piece) {
        byte[] payload = payload(256 * KIB);
        c.chopped(piece, new ClientFrame(ClientFrame.FIN | opcode, payload));
        if (payload.length > c.maxMessageBytes()) {
            c.expectClose(TOO_BIG);
        } else {
            expect(c, opcode, payload);
            c.closes();
        }
    }

    private static void expect(Conversation c, int opcode, byte[] payload) {
        if (opcode == ClientFrame.TEXT) {
            c.expectText(new String(payload, StandardCharsets.US_ASCII));
        } else {
            c.expectBinary(payload);
        }
    }

    private static void many(Conversation c, int size, boolean text) {
        byte[] payload = payload(size);
        for (int i = 0; i < MANY; i++) {
            c.send(new ClientFrame(ClientFrame.FIN | (text ? ClientFrame.TEXT : ClientFrame.BINARY), payload));
            expect(c, text ? ClientFrame.TEXT : ClientFrame.BINARY, payload);
        }
        c.closes();
    }

    private static void lastByte(Conversation c) {
        byte[] most = payload(c.maxMessageBytes());
        c.send(new ClientFrame(ClientFrame.BINARY, most), ClientFrame.end("1")).expectClose(TOO_BIG);
    }

    private static void announced(Conversation c, int... length) {
        c.bytes(0x82, 0xff).bytes(length).bytes(1, 2, 3, 4).expectClose(TOO_BIG);
    }

    /** Of no particular period, and text. */
    private static byte[] payload(int size) {
        byte[] payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) ('!' + (i * 31 + i / 251) % 90);
        }
        return payload;
    }
}
