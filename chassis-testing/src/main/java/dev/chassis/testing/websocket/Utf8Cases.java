package dev.chassis.testing.websocket;

import static dev.chassis.testing.websocket.Conversation.INVALID_DATA;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Text is UTF-8, checked over frames and at once (RFC 6455, sections 5.6 and 8.1; RFC 3629). */
final class Utf8Cases {

    private static final String[] GOOD = {
        "00", // the first of each length
        "7f",
        "c280",
        "dfbf",
        "e0a080",
        "efbfbf",
        "f0908080",
        "f48fbfbf", // the very last
        "ed9fbf", // around the surrogates
        "ee8080",
        "efbfbd", // the replacement character itself
        "efbfbe", // noncharacters
        "efb790",
        "f09fbfbe",
        "f3bfbfbf",
        "efbbbf", // byte order mark
        "cebae1bdb9cf83cebcceb5", // kosme
        "48656c6c6f2dc2b540c39fc3b6c3a4c3bcc3a0c3a12d5554462d382121",
        "f09d849ef09d849e", // clefs
        "e299a5efb88f", // a heart with a selector
    };

    private static final String[] BAD = {
        "80", // continuation bytes alone
        "bf",
        "8080",
        "80bf80bf80bf",
        "c0", // lead bytes alone, or too few behind them
        "c2",
        "c220",
        "dfc2",
        "e0a0",
        "e0a020",
        "e282",
        "efbf",
        "f09080",
        "f0908020",
        "f48fbf",
        "c080", // longer than needed
        "c0af",
        "c1bf",
        "e08080",
        "e080af",
        "e09fbf",
        "f0808080",
        "f08080af",
        "f08fbfbf",
        "eda080", // surrogates, alone and in pairs
        "edadbf",
        "edae80",
        "edb080",
        "edbfbf",
        "eda080edb080",
        "edafbfedbfbf",
        "f4908080", // beyond U+10FFFF
        "f5808080",
        "f7bfbfbf",
        "f888808080",
        "fbbfbfbfbf",
        "fc8480808080",
        "fdbfbfbfbfbf",
        "fe",
        "ff",
        "fefeffff",
        "cebae1bdb9cf83cebcceb5eda080656469746564", // a good beginning
    };

    /** Where a fault shows before the message ends: what may still come, and what may not. */
    private static final String[][] FAIL_FAST = {
        {"cebae1bdb9cf83cebcceb5f4", "90", "8080656469746564"},
        {"cebae1bdb9cf83cebcceb5", "ed", "a080656469746564"},
        {"48656c6c6f", "c0", "80"},
        {"48656c6c6f", "f5", "808080"},
        {"e0", "80", "80"},
        {"f0", "8f", "bfbf"},
    };

    private Utf8Cases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        for (String hex : GOOD) {
            good(cases, hex, HexFormat.of().parseHex(hex));
        }
        for (String hex : BAD) {
            bad(cases, hex, HexFormat.of().parseHex(hex));
        }
        for (int i = 0; i < FAIL_FAST.length; i++) {
            String[] parts = FAIL_FAST[i];
            cases.add(of("fails at the faulty frame: " + String.join(" ", parts), c -> failFast(c, parts)));
            cases.add(of("fails at the faulty byte: " + String.join(" ", parts), c -> failWithinFrame(c, parts)));
        }
        cases.add(of(
                "binary is not checked",
                c -> c.echoes(HexFormat.of().parseHex("c080eda080ff")).closes()));
        cases.add(of(
                "empty text in fragments",
                c -> c.send(ClientFrame.begin(""), ClientFrame.end(""))
                        .expectText("")
                        .closes()));
        return cases;
    }

    private static void good(List<ConformanceCase> cases, String hex, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String around = "before " + text + " after, and far enough for eight bytes at a time";
        cases.add(of(hex + " is a text", c -> c.echoes(text).closes()));
        cases.add(of(
                hex + " is a text, in the middle of one", c -> c.echoes(around).closes()));
        cases.add(of(
                hex + " is a text, a byte a fragment",
                c -> c.send(ClientFrame.fragments(ClientFrame.TEXT, bytes, 1))
                        .expectText(text)
                        .closes()));
        cases.add(of(
                hex + " is a text, byte by byte",
                c -> c.chopped(1, ClientFrame.text(around)).expectText(around).closes()));
    }

    private static void bad(List<ConformanceCase> cases, String hex, byte[] bytes) {
        byte[] around = concat(Wire.utf8("far enough for eight bytes at a time "), bytes, Wire.utf8(" after"));
        cases.add(of(
                hex + " is no text", c -> c.send(new ClientFrame(0x81, bytes)).expectClose(INVALID_DATA)));
        cases.add(of(
                hex + " is no text, in the middle of one",
                c -> c.send(new ClientFrame(0x81, around)).expectClose(INVALID_DATA)));
        cases.add(of(
                hex + " is no text, a byte a fragment",
                c -> c.send(ClientFrame.fragments(ClientFrame.TEXT, bytes, 1)).expectClose(INVALID_DATA)));
    }

    private static void failFast(Conversation c, String[] parts) {
        c.send(new ClientFrame(ClientFrame.TEXT, HexFormat.of().parseHex(parts[0])));
        byte[] faulty = HexFormat.of().parseHex(parts[1] + parts[2]);
        c.send(new ClientFrame(ClientFrame.CONTINUATION, faulty))
                .expectClose(INVALID_DATA); // the last frame never comes
    }

    private static void failWithinFrame(Conversation c, String[] parts) {
        byte[] whole = new ClientFrame(0x81, HexFormat.of().parseHex(String.join("", parts))).bytes();
        int left = parts[2].length() / 2 - 1; // ED alone is not yet wrong
        c.bytes(Arrays.copyOf(whole, whole.length - left)).expectClose(INVALID_DATA); // the rest never comes
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static ConformanceCase of(String name, ConformanceCase.Script script) {
        return ConformanceCase.of("8.1", name, script);
    }
}
