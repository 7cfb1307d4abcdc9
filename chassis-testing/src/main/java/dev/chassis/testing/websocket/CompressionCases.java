package dev.chassis.testing.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** Compressed messages of many sizes and kinds (RFC 7692, sections 6 and 7.2). */
final class CompressionCases {

    static final int[] SIZES = {16, 64, 256, 1_024, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072};
    private static final int[] FRAGMENTED = {8_192, 16_384, 32_768, 65_536, 131_072};

    private CompressionCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        kind(cases, "JSON", CompressionCases::json);
        kind(cases, "prose beyond ASCII", CompressionCases::prose);
        kind(cases, "one letter", "a"::repeat);
        kind(cases, "random letters", CompressionCases::random);
        for (int size : SIZES) {
            cases.add(of("noise of " + size, c -> {
                byte[] noise = noise(size);
                repeat(c, size, () -> c.client().sendBinary(noise), () -> c.expectBinary(noise));
            }));
        }
        return cases;
    }

    private static void kind(List<ConformanceCase> cases, String name, IntFunction<String> make) {
        for (int size : SIZES) {
            cases.add(of(name + " of " + size, c -> echo(c, make.apply(size), Integer.MAX_VALUE)));
        }
        for (int size : FRAGMENTED) {
            for (int fragment : new int[] {256, 4_096}) {
                cases.add(of(
                        name + " of " + size + " in fragments of " + fragment,
                        c -> echo(c, make.apply(size), fragment)));
            }
        }
    }

    /** Sends a text as often as is worth while, and expects it back. */
    static void echo(Conversation c, String text, int fragment) {
        byte[] plain = Wire.utf8(text);
        byte[] deflated = ClientFrame.deflate(plain);
        ClientFrame[] frames = ClientFrame.fragments(ClientFrame.TEXT, deflated, Math.min(fragment, deflated.length));
        frames[0] = frames[0].bits(ClientFrame.RSV1);
        repeat(c, plain.length, () -> c.send(frames), () -> c.expectText(text));
    }

    private static void repeat(Conversation c, int bytes, Runnable send, Runnable expect) {
        if (bytes > c.maxMessageBytes()) {
            send.run();
            c.expectClose(Conversation.TOO_BIG);
            return;
        }
        for (int i = 0; i < (bytes <= 4_096 ? 100 : 10); i++) {
            send.run();
            expect.run();
        }
        c.closes();
    }

    static String json(int size) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; json.length() < size; i++) {
            json.append("{\"contest\":")
                    .append(i)
                    .append(",\"score\":")
                    .append(i * 31 % 101)
                    .append(",\"live\":true},");
        }
        return json.substring(0, size);
    }

    private static String prose(int size) {
        String sentence = "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich; ";
        return sentence.repeat(size / sentence.length() + 1).substring(0, size);
    }

    private static String random(int size) {
        return new Random(size)
                .ints(size, ' ', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        return noise;
    }

    private static ConformanceCase of(String name, ConformanceCase.Script script) {
        return ConformanceCase.deflating("6", name, script);
    }
}
