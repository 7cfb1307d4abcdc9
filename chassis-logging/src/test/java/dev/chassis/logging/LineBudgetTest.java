package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.spi.ThrowableProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is logged: one line of JSON that fits, and says what it had to leave out. */
class LineBudgetTest {

    private static final int BUDGET = LineBudget.SMALLEST;
    private static final String[] PIECES = {
        "x",
        "\"",
        "\\",
        "\n",
        "\u0000",
        "\u001b[31m",
        "\u202e",
        "\ud800",
        "\udc00",
        "\ud83d\ude00",
        "é",
        "€",
        "{}",
        "password=",
        "a b"
    };

    private final LogTotals totals = new LogTotals();

    @ParameterizedTest
    @ValueSource(strings = {"chassis", "ecs", "logstash"})
    void holdsForAnythingAtAll(String schemaName) {
        Schema schema = Objects.requireNonNull(Schema.parse(schemaName));
        CommonFields common = new CommonFields(schema, Map.of("service", "s", "version", "1", "task", "t"));
        Random random = new Random(20_261_128);
        JsonLines lines = lines(BUDGET);
        for (int i = 0; i < 80; i++) {
            BatchBuffer out = new BatchBuffer();
            lines.encode(random(random, common), out);

            assertThat(out.size).isLessThanOrEqualTo(BUDGET);
            String text = out.toString();
            assertThat(text).endsWith("}\n");
            assertThat(text.substring(0, text.length() - 1).chars())
                    .noneMatch(c -> c < 0x20 || c == 0x7f || c == 0x202e);
            Map<String, Object> parsed = Json.parse(text);
            assertThat(parsed).containsKeys(schema.name(Schema.Field.TS), schema.name(Schema.Field.MSG));
            assertThat(parsed).containsEntry(schema.name(Schema.Field.SEQ), i + 1);
        }
        assertThat(totals.truncated()).isPositive();
        assertThat(totals.renamed()).isPositive();
        assertThat(totals.replaced()).isPositive();
    }

    @Test
    void cutsTheStackFirst() {
        Map<String, Object> line = encode("m".repeat(5_800), Map.of("value", "v".repeat(5_300)), deep());

        assertThat(line).contains(entry("msg", "m".repeat(5_800)), entry("value", "v".repeat(5_300)));
        assertThat(line.get("error.stack")).asString().endsWith("…").hasSizeLessThanOrEqualTo(2_048);
        assertThat(line).containsEntry("truncated", List.of("error.stack"));
    }

    @Test
    void cutsValuesBeforeTheMessage() {
        Map<String, Object> line =
                encode("m".repeat(3_000), Map.of("big", "v".repeat(1_000_000), "small", "s".repeat(500)), null);

        assertThat(line).contains(entry("msg", "m".repeat(3_000)), entry("small", "s".repeat(500)));
        assertThat(line.get("big")).asString().endsWith("…").hasSizeGreaterThan(6_000);
        assertThat(line).containsEntry("truncated", List.of("big"));
    }

    @Test
    void leavesOutFieldsWhenThereAreTooMany() {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            many.put("field" + i, "v".repeat(100));
        }
        Map<String, Object> line = encode("many", many, null);

        assertThat(line).containsEntry("msg", "many");
        assertThat((List<?>) line.get("truncated")).hasSize(8);
    }

    @Test
    void growsWithTheLogDriver() {
        assertThat(LineBudget.of("awslogs")).isEqualTo(250_000);
        assertThat(LineBudget.of("awsfirelens")).isEqualTo(16_000);
        assertThat(LineBudget.of(null)).isEqualTo(16_000);
    }

    private Map<String, Object> encode(String msg, Map<String, Object> fields, @Nullable Throwable error) {
        BatchBuffer out = new BatchBuffer();
        lines(BUDGET).encode(line(msg, CommonFields.NONE, Fields.of(fields), error), out);
        assertThat(out.size).isLessThanOrEqualTo(BUDGET);
        return Json.parse(out.toString());
    }

    private JsonLines lines(int budget) {
        return new JsonLines(new LineRules(budget, Duration.ZERO, Set.of()), totals);
    }

    private static Line random(Random random, CommonFields common) {
        Fields fields = Fields.builder(2);
        for (int i = random.nextInt(8); i > 0; i--) {
            fields.add(random.nextInt(4) == 0 ? "msg" : text(random, 40), value(random, 0), common);
        }
        Throwable error = random.nextInt(3) == 0 ? new IllegalStateException(text(random, 2_000)) : null;
        return line(text(random, random.nextInt(10) == 0 ? 40_000 : 200), common, fields, error);
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 2 ? 5 : 7)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextBoolean() ? Double.NaN : random.nextGaussian();
            case 2 -> text(random, 20_000);
            case 3 -> null;
            case 4 -> new Throwing();
            case 5 -> List.of(text(random, 10), random.nextInt());
            default -> {
                Map<String, Object> map = new HashMap<>();
                map.put(text(random, 10), value(random, depth + 1));
                map.put("token", "t");
                yield map;
            }
        };
    }

    private static String text(Random random, int max) {
        StringBuilder text = new StringBuilder();
        String piece = PIECES[random.nextInt(PIECES.length)];
        for (int i = random.nextInt(max); i > 0; i--) {
            text.append(random.nextInt(4) == 0 ? PIECES[random.nextInt(PIECES.length)] : piece);
        }
        return text.toString();
    }

    private static Line line(String msg, CommonFields common, Fields fields, @Nullable Throwable error) {
        return new Line(
                1_700_000_000L,
                0,
                Severity.ERROR,
                msg.substring(0, Math.min(msg.length(), 1_000)),
                msg,
                msg,
                msg,
                null,
                msg,
                common,
                fields,
                error == null ? null : new ThrowableProxy(error),
                false);
    }

    private static Throwable deep() {
        List<Throwable> made = new ArrayList<>();
        new Object() {
            void dig(int depth) {
                if (depth == 0) {
                    made.add(new IllegalStateException("deep"));
                } else {
                    dig(depth - 1);
                }
            }
        }.dig(200);
        return made.get(0);
    }

    private static final class Throwing {
        @Override
        public String toString() {
            throw new IllegalStateException(new String(new byte[] {1}, StandardCharsets.US_ASCII));
        }
    }
}
