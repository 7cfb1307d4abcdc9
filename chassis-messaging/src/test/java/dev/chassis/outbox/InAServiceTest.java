package dev.chassis.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.config.ConfigException;
import dev.chassis.http.Response;
import dev.chassis.inbox.Inbox;
import dev.chassis.testing.ChassisExtension;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An outbox and an inbox as parts of a service. */
class InAServiceTest {

    private static final TestDatabase DATABASE = TestDatabase.h2();
    private static final TestQueue QUEUE = openQueue();

    static {
        DATABASE.create("outbox");
        DATABASE.create("inbox");
    }

    @RegisterExtension
    final ChassisExtension service = ChassisExtension.of("orders-service", InAServiceTest::assemble);

    @AfterAll
    static void closeAll() throws Exception {
        QUEUE.close();
        DATABASE.close();
    }

    @Test
    void publishesWhatARequestHasCommittedAndTellsHowItIs() throws Exception {
        assertThat(service.client().get("/orders").body()).isEqualTo("done");
        Outboxes.await("the message").until(() -> QUEUE.takeAll() == 1);
        assertThat(service.admin().get("/health").body()).contains("outbox").contains("inbox");
        Outboxes.await("the confirm")
                .until(() -> metrics().contains("outbox_attempts_total{outbox=\"outbox\",outcome=\"CONFIRMED\"} 1.0"));
        assertThat(metrics())
                .contains("chassis_outbox_partitions{outbox=\"outbox\"} 16.0")
                .contains("chassis_outbox_oldest_age_seconds{outbox=\"outbox\"} 0.0")
                .contains("chassis_inbox_messages_total{inbox=\"inbox\",result=\"duplicate\"} 0.0");
    }

    /** Without the tags of the service. */
    private String metrics() {
        return service.admin().get("/metrics").body().replaceAll(",service=[^}]*", "");
    }

    @Test
    void tellsOfABrokenRuleBeforeAnythingStarts() {
        assertThatThrownBy(() -> Chassis.start(
                        "broken",
                        Map.of("chassis.http.port", "0", "chassis.admin.port", "0", "chassis.outbox.retry-min", "10m"),
                        InAServiceTest::assemble))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chassis.outbox.retry-max");
    }

    private static void assemble(Service parts) {
        Outbox outbox = parts.add(Outbox.from(parts, DATABASE.source(), new RabbitSender(TestQueue.BROKER)));
        parts.add(Inbox.jdbc(parts, DATABASE.source()));
        parts.http(routes -> routes.get("/orders", request -> {
            DATABASE.transaction(connection -> outbox.add(connection, "", QUEUE.name, "k0", Outboxes.message("k0:1")));
            outbox.wake();
            return Response.text("done");
        }));
    }

    private static TestQueue openQueue() {
        try {
            return new TestQueue();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
