package dev.chassis.websocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Properties: how a stream is cut changes nothing, and nothing that is sent makes it throw. The seed is the number of the repetition. */
class ArbitraryBytesTest {

    private static final ProtocolSettings SMALL = new ProtocolSettings(20_000, 12, 50, 0, 5_000_000_000L);
    private static final List<String> TEXTS =
            List.of("", "ascii", "κόσμε", "€uro 𝄞 clef", "\ud7ff\ue000", "x".repeat(126), "y".repeat(65_536));
    private static final Set<Integer> CODES = Set.of(1000, 1002, 1005, 1007, 1008, 1009);

    private final DeflatePool pool = new DeflatePool(2);

    @AfterEach
    void close() {
        pool.close();
    }

    @RepeatedTest(400)
    void hearsTheSameHoweverTheStreamIsCut(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] stream = stream(random);
        Outcome whole = run(random, stream, stream.length);
        assertThat(run(random, stream, 1)).as("byte by byte").isEqualTo(whole);
        for (int i = 0; i < 5; i++) {
            assertThat(run(random, stream, 2 + random.nextInt(2_000))).isEqualTo(whole);
        }
    }

    @RepeatedTest(400)
    void neverThrowsAndAlwaysClosesWithARightCode(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] noise = new byte[4_000];
        random.nextBytes(noise);
        if (random.nextBoolean()) { // past the first byte
            noise[0] = (byte) List.of(0x81, 0x82, 0x01, 0xc1, 0xc2, 0x89, 0x88)
                    .get(random.nextInt(7))
                    .intValue();
            noise[1] |= (byte) 0x80;
        }
        Outcome outcome = run(random, noise, 1 + random.nextInt(500));
        assertThat(outcome.sent().stream().filter(frame -> frame.startsWith("close")))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(outcome.sent().stream()
                        .filter(frame -> frame.startsWith("close"))
                        .map(frame -> Integer.parseInt(frame.substring(6))))
                .allMatch(code -> CODES.contains(code)
                        || code >= 1000 && outcome.heard().toString().contains("peerClosed"));
    }

    /** Good frames, and now and then something broken. */
    private static byte[] stream(Random random) {
        ClientBytes out = new ClientBytes(random);
        int frames = 1 + random.nextInt(12);
        for (int i = 0; i < frames; i++) {
            part(random, out);
        }
        byte[] bytes = out.bytes();
        if (random.nextInt(3) == 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static void part(Random random, ClientBytes out) {
        String text = TEXTS.get(random.nextInt(random.nextInt(10) == 0 ? 7 : 6));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        switch (random.nextInt(8)) {
            case 0 -> out.ping("ping " + random.nextInt(100));
            case 1 -> out.frame(0x8a, new byte[random.nextInt(125)]);
            case 2 -> fragments(random, out, 0x01, bytes);
            case 3 -> out.frame(0xc1, ClientBytes.deflated(bytes));
            case 4 ->
                fragments(
                        random,
                        out,
                        0x41,
                        ClientBytes.deflated(text.repeat(random.nextInt(200)).getBytes(StandardCharsets.UTF_8)));
            case 5 -> out.frame(0xc2, ClientBytes.deflated(noise(random)));
            case 6 -> out.frame(0x82, noise(random));
            default -> out.text(text);
        }
        if (random.nextInt(30) == 0) {
            out.close(1000 + random.nextInt(16), text.length() > 100 ? "" : text);
        }
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(3_000)];
        random.nextBytes(noise);
        return noise;
    }

    private static void fragments(Random random, ClientBytes out, int first, byte[] payload) {
        int at = 0;
        int opcode = first;
        while (at < payload.length && random.nextInt(8) > 0) {
            int end = Math.min(payload.length, at + 1 + random.nextInt(1 + payload.length / 2));
            out.frame(opcode, Arrays.copyOfRange(payload, at, end));
            if (random.nextInt(4) == 0) {
                out.ping("within");
            }
            opcode = 0;
            at = end;
        }
        out.frame(0x80 | opcode, Arrays.copyOfRange(payload, at, payload.length));
    }

    private Outcome run(Random random, byte[] stream, int most) {
        try (Wire wire = new Wire(SMALL, pool)) {
            boolean pausing = most < stream.length && random.nextBoolean();
            if (pausing) {
                wire.onMessage = wire.protocol::pause;
            }
            for (int at = 0; at < stream.length; ) {
                int end = Math.min(stream.length, at + 1 + random.nextInt(most));
                wire.feed(Arrays.copyOfRange(stream, at, most == stream.length ? stream.length : end));
                at = most == stream.length ? stream.length : end;
            }
            while (pausing && wire.protocol.isPaused()) {
                wire.protocol.resume();
            }
            List<String> heard = List.copyOf(wire.heard);
            return new Outcome(heard, wire.sent());
        }
    }

    private record Outcome(List<String> heard, List<String> sent) {}
}
