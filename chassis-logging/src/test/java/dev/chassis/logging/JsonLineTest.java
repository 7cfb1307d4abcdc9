package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.chassis.context.Correlation;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class JsonLineTest {

    private static final Logger LOG = LoggerFactory.getLogger("com.example.Orders");

    private final LogCapture capture = LogCapture.start();

    @AfterEach
    void end() {
        capture.close();
        MDC.clear();
        new LogbackControl().configure(Map.of(), Map.of());
    }

    @Test
    void writesTheSchemaInItsOrder() {
        try (Correlation.Scope scope = new Correlation("c-1", "0af7651916cd43dd8448eb211c80319c").open()) {
            new LogbackControl().configure(Map.of(), Map.of("service", "orders", "version", "1.2.3"));
            LOG.atInfo().addKeyValue("order", 7).log("placed {}", "it");
        }

        assertThat(onlyLine().keySet())
                .containsExactly(
                        "ts",
                        "level",
                        "logger",
                        "thread",
                        "msg",
                        "correlation_id",
                        "trace_id",
                        "service",
                        "version",
                        "seq",
                        "order");
        assertThat(onlyLine())
                .contains(
                        entry("level", "INFO"),
                        entry("logger", "com.example.Orders"),
                        entry("thread", Thread.currentThread().getName()),
                        entry("msg", "placed it"),
                        entry("correlation_id", "c-1"),
                        entry("trace_id", "0af7651916cd43dd8448eb211c80319c"),
                        entry("service", "orders"),
                        entry("version", "1.2.3"),
                        entry("order", 7));
    }

    @Test
    void writesTheTimeInUtcWithSixDigitsAlways() {
        LOG.info("now");

        assertThat(onlyLine().get("ts")).asString().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    @Test
    void leavesOutWhatThereIsNot() {
        LOG.info("plain");

        assertThat(onlyLine().keySet()).containsExactly("ts", "level", "logger", "thread", "msg", "seq");
    }

    static Stream<String> hostileStrings() {
        return Stream.of(
                "\u0000\u0001\u001b[31m\u007f\u0085\u009b",
                "line one\nline two\r\n{\"level\":\"ERROR\"}",
                "\"quotes\" and \\backslashes\\ and </script>",
                "\ud83d\ude00 emoji, \ud800 lone high, \udc00 lone low, ends in high \ud83d",
                "\u202e backwards \u2066 isolated \u2028 separated \u2029 \ufeff",
                "{}", // a placeholder that is none
                "",
                "x".repeat(1_000_000),
                "\u001b".repeat(100_000),
                "x".repeat(7_999) + "\ud83d\ude00" + "y".repeat(9_000) + "\ud83d");
    }

    @ParameterizedTest
    @MethodSource("hostileStrings")
    void makesOneParseableLineOfAnyText(String hostile) {
        MDC.put("mdc", hostile);
        String name = hostile.substring(0, Math.min(hostile.length(), 100));
        MDC.put("mdc " + name, "as a name");
        LOG.atError()
                .addKeyValue("kv", hostile)
                .addKeyValue("kv " + name, "as a name")
                .addKeyValue("nested", Map.of(name, List.of(hostile)))
                .setCause(new IllegalStateException(hostile))
                .log(hostile);

        assertThat(capture.lines()).singleElement().asString().doesNotContain("\n", "\r");
        String told = Unicode.wellFormed(hostile);
        String nameTold = Unicode.wellFormed(name);
        assertThat(onlyLine())
                .contains(
                        entry("msg", told),
                        entry("mdc", told),
                        entry("kv", told),
                        entry("mdc " + nameTold, "as a name"),
                        entry("kv " + nameTold, "as a name"),
                        entry("nested", Map.of(nameTold, List.of(told))),
                        entry("error.message", told));
    }

    @Test
    void cutsANameThatParsersWouldRefuse() {
        LOG.atInfo().addKeyValue("n".repeat(100_000), 1).log("long name");

        assertThat(onlyLine()).containsEntry("n".repeat(256), 1);
    }

    @Test
    void renamesFieldsWhoseNameIsTaken() {
        new LogbackControl().configure(Map.of(), Map.of("service", "orders"));
        MDC.put("player", "mdc");
        MDC.put("level", "mdc");
        LOG.atInfo()
                .addKeyValue("player", "first")
                .addKeyValue("player", "second")
                .addKeyValue("player_2", "third")
                .addKeyValue("service", "kv")
                .addKeyValue("correlation_id", "kv")
                .addKeyValue("error.stack", "kv")
                .log("twice");

        assertThat(onlyLine())
                .contains(
                        entry("player", "mdc"),
                        entry("player_2", "first"),
                        entry("player_3", "second"),
                        entry("player_2_2", "third"),
                        entry("level", "INFO"),
                        entry("level_2", "mdc"),
                        entry("service", "orders"),
                        entry("service_2", "kv"),
                        entry("correlation_id_2", "kv"),
                        entry("error.stack_2", "kv"));
    }

    @Test
    void keepsTypesThatJsonHas() {
        LOG.atInfo()
                .addKeyValue("int", 1)
                .addKeyValue("long", 1L << 60)
                .addKeyValue("float", 0.1f)
                .addKeyValue("double", 2.5)
                .addKeyValue("nan", Double.NaN)
                .addKeyValue("decimal", new BigDecimal("12.30"))
                .addKeyValue("yes", true)
                .addKeyValue("nothing", (Object) null)
                .addKeyValue("duration", Duration.ofSeconds(3))
                .addKeyValue("array", new int[] {1, 2})
                .addKeyValue("map", Map.of("phases", List.of("a", 1)))
                .addKeyValue("path", Path.of("a", "b"))
                .log("typed");

        assertThat(capture.lines())
                .singleElement()
                .asString()
                .contains(
                        "\"int\":1,",
                        "\"long\":1152921504606846976,",
                        "\"float\":0.1,",
                        "\"double\":2.5,",
                        "\"nan\":\"NaN\",",
                        "\"decimal\":12.30,",
                        "\"yes\":true,",
                        "\"nothing\":null,",
                        "\"duration\":\"PT3S\",",
                        "\"array\":[1,2],",
                        "\"map\":{\"phases\":[\"a\",1]},",
                        "\"path\":\"a/b\"");
    }

    @Test
    void keepsTheLineWhenAValueCannotBeTold() {
        Object bad = new Object() {
            @Override
            public String toString() {
                throw new UnsupportedOperationException("no");
            }
        };
        Object endless = new Object() {
            @Override
            public String toString() {
                return "again " + this;
            }
        };
        LOG.atInfo()
                .addKeyValue("bad", bad)
                .addKeyValue("endless", endless)
                .addKeyValue("in a list", List.of(bad))
                .addArgument(bad)
                .log("still here: {}");

        assertThat(onlyLine())
                .contains(
                        entry("bad", "!error: java.lang.UnsupportedOperationException"),
                        entry("endless", "!error: java.lang.StackOverflowError"),
                        entry("in a list", "!error: java.lang.UnsupportedOperationException"));
        assertThat(onlyLine().get("msg")).asString().startsWith("still here: ");
    }

    @Test
    void endsACollectionThatContainsItself() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        LOG.atInfo().addKeyValue("self", self).log("cyclic");

        assertThat(onlyLine().get("self")).asString().contains("…");
    }

    @Test
    void takesTheValueAsItWasWhenItWasLogged() {
        List<String> players = new ArrayList<>(List.of("one"));
        LOG.atInfo().addKeyValue("players", players).log("now");
        players.add("two");

        assertThat(onlyLine()).containsEntry("players", List.of("one"));
    }

    @Test
    void writesTheLineOfAToStringThatLogsItself() {
        Object chatty = new Object() {
            @Override
            public String toString() {
                LOG.info("inner");
                return "told";
            }
        };
        LOG.atInfo().addKeyValue("chatty", chatty).log("outer {}", chatty);

        List<Map<String, Object>> lines = Json.parseAll(capture.lines());
        assertThat(lines).extracting(line -> line.get("msg")).contains("inner").endsWith("outer told");
        assertThat(lines.get(lines.size() - 1)).containsEntry("chatty", "told");
    }

    @Test
    void numbersTheLines() {
        LOG.info("one");
        LOG.info("two");
        LOG.info("three");

        assertThat(Json.parseAll(capture.lines()))
                .extracting(line -> line.get("seq"))
                .containsExactly(1, 2, 3);
    }

    private Map<String, Object> onlyLine() {
        assertThat(capture.lines()).hasSize(1);
        return Json.parse(capture.lines().get(0));
    }
}
