package dev.chassis.example.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.testing.ChassisExtension;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every way to begin by every way to go on that this Java has: the ids are on the line of the work, on the line about its failure, and on no
 * line after it.
 */
@Timeout(120)
class PropagationMatrixTest {

    private static final Logger LOG = LoggerFactory.getLogger(PropagationMatrixTest.class);
    private static final JsonMapper JSON = new JsonMapper();

    private static Matrix matrix;

    @RegisterExtension
    static final ChassisExtension SERVICE = ChassisExtension.of("matrix", service -> matrix = new Matrix(service));

    static Stream<Arguments> cells() {
        return Stream.of(Transport.values())
                .flatMap(transport -> Carrier.here().stream().map(carrier -> Arguments.of(transport, carrier)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void carriesTheCorrelationToEveryLine(Transport transport, Carrier carrier) throws Exception {
        String cell = (transport + "-" + carrier).toLowerCase(Locale.ROOT);
        long lost = lines("working for lost").count();
        String id = transport.deliver(cell, carrier, matrix, SERVICE.client());

        assertThat(id).isNotEqualTo("lost");
        String failure = "failure of " + id;
        await().atMost(Duration.ofSeconds(30)).until(() -> lines(id).anyMatch(line -> tells(line, failure)));
        assertThat(lines(id).filter(line -> msg(line).equals("working for " + id)))
                .isNotEmpty()
                .allMatch(line -> id(line).equals(id));
        assertThat(lines(id).filter(line -> tells(line, failure)))
                .allMatch(line -> id(line).equals(id))
                .allMatch(line -> line.has("session_id") == transport.hasSession());
        assertThat(lines("working for lost")).hasSize((int) lost);

        String after = "after " + cell + ".";
        int times = matrix.threads.onEach(() -> LOG.info(after));
        await().atMost(Duration.ofSeconds(30)).until(() -> lines(after).count() == times);
        assertThat(lines(after)).allMatch(line -> id(line).isEmpty() && !line.has("session_id"));
    }

    @Test
    void virtualThreadsAreAmongTheWaysWhereJavaHasThem() {
        boolean expected = Runtime.version().feature() >= 21;

        assertThat(Carrier.here().stream().filter(Carrier::isVirtual)).hasSize(expected ? 4 : 0);
        assertThat(Carrier.here()).hasSize(Carrier.values().length - (expected ? 0 : 4));
    }

    /** Those with a text; only they are parsed, because the matrix writes many. */
    private static Stream<JsonNode> lines(String text) {
        List<String> lines = SERVICE.logs().lines();
        return lines.stream().filter(line -> line.contains(text)).map(JSON::readTree);
    }

    private static boolean tells(JsonNode line, String failure) {
        return line.path("error.stack").asString("").contains(failure + "\n")
                || msg(line).endsWith(failure);
    }

    private static String msg(JsonNode line) {
        return line.path("msg").asString("");
    }

    private static String id(JsonNode line) {
        return line.path("correlation_id").asString("");
    }

    @AfterAll
    static void close() throws Exception {
        matrix.close();
    }
}
