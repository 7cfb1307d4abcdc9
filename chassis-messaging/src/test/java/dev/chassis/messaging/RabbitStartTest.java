package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.testing.FaultProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start makes of brokers that refuse it, and of keys that contradict each other. */
class RabbitStartTest {

    @Test
    void failsForGoodWithAWrongPassword() {
        Throwable failure = failure(Rabbits.to(Rabbits.PORT, "username", "guest", "password", "s3cr3t"));
        assertThat(failure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ACCESS_REFUSED")
                .hasMessageContaining("chassis.rabbit")
                .hasMessageContaining("password")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void failsForGoodWithoutSuchAVirtualHost() {
        assertThat(failure(Rabbits.to(Rabbits.PORT, "virtual-host", "nowhere")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("530")
                .hasMessageContaining("nowhere")
                .hasMessageContaining("virtual-host");
    }

    @Test
    void failsForGoodWhenTheOtherSideSpeaksNoTls() {
        assertThat(failure(Rabbits.to(Rabbits.PORT, "tls.enabled", "true")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tls.enabled");
    }

    @Test
    void maySucceedLaterWhenNobodyListens() {
        assertThat(failure(Rabbits.to(1)))
                .isInstanceOf(TransientFailureException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("refused");
    }

    @Test
    void maySucceedLaterWhenTheNameIsUnknown() {
        RabbitConfig config = Rabbits.config("addresses", "no-such-host.invalid:5672");
        assertThat(failure(RabbitConnection.of("rabbit", config)))
                .isInstanceOf(TransientFailureException.class)
                .hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void maySucceedLaterWhenNobodyAnswers() {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", Rabbits.PORT)) {
            proxy.stall();
            assertThat(failure(Rabbits.to(proxy.port(), "handshake-timeout", "200ms")))
                    .isInstanceOf(TransientFailureException.class);
        }
    }

    @Test
    void startsAfterAFailedAttempt() throws Exception {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", Rabbits.PORT)) {
            RabbitConnection rabbit = Rabbits.to(proxy.port());
            proxy.refuse();
            assertThat(failure(rabbit)).isInstanceOf(TransientFailureException.class);
            proxy.forward();
            rabbit.start(Rabbits.soon());
            assertThat(rabbit.publishing().generation()).isEqualTo(1);
            rabbit.stop(Rabbits.soon());
        }
    }

    @Test
    void triesEveryNode() throws Exception {
        RabbitConnection rabbit = RabbitConnection.of(
                "rabbit", Rabbits.config("addresses", "127.0.0.1:1,no-such-host.invalid:5672,127.0.0.1:5672"));
        rabbit.start(Rabbits.soon());
        rabbit.stop(Rabbits.soon());
    }

    @Test
    void failsForGoodWhenAQueueIsThereWithOtherArguments() throws Exception {
        String queue = Rabbits.unique("drift");
        Rabbits.direct(channel -> channel.queueDeclare(queue, true, false, false, Map.of()));
        try {
            assertThat(failure(topology -> topology.queue(queue)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("406")
                    .hasMessageContaining(queue)
                    .hasMessageContaining("x-queue-type");
        } finally {
            Rabbits.deleteQueue(queue);
        }
    }

    @Test
    void failsForGoodWhenWhatIsToBeThereIsNot() {
        String missing = Rabbits.unique("missing");
        assertThat(failure(topology -> topology.queue(missing, Map.of(), Topology.Mode.VERIFY)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("queue \"" + missing)
                .hasMessageContaining("404");
        assertThat(failure(topology -> topology.exchange(missing, "topic", Map.of(), Topology.Mode.VERIFY)))
                .hasMessageContaining("exchange \"" + missing);
        assertThat(failure(topology -> topology.bind(missing, "amq.topic", "#")))
                .hasMessageContaining("binding of exchange \"amq.topic\"");
        assertThat(failure(topology -> topology.exchange(missing, "no-such-type")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("503");
        assertThat(failure(topology -> topology.exchange("amq.mine", "topic")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("403");
    }

    @Test
    void declaresBeforeItRuns() throws Exception {
        String name = Rabbits.unique("declared");
        RabbitConnection rabbit = Rabbits.to(Rabbits.PORT)
                .topology(topology -> topology.bind(name, name, "a.*")
                        .queue(name)
                        .exchange(name, "topic")
                        .queue(name + "-ignored", Map.of(), Topology.Mode.IGNORE));
        Publisher publisher = rabbit.publisher(name);
        rabbit.start(Rabbits.soon());
        publisher.start(Rabbits.soon());
        try {
            Message message = Message.of(new byte[1], "a/b").withId("routed");
            assertThat(PublisherTest.get(publisher.publish("a.b", message)).isConfirmed())
                    .isTrue();
            assertThat(Rabbits.ids(name)).containsExactly("routed");
            assertThatThrownBy(() -> Rabbits.direct(channel -> channel.queueDeclarePassive(name + "-ignored")))
                    .hasStackTraceContaining("404");
        } finally {
            publisher.stop(Rabbits.soon());
            rabbit.stop(Rabbits.soon());
            Rabbits.deleteQueue(name);
            Rabbits.deleteExchange(name);
        }
    }

    @Test
    void triesSlowlyWhenTheTopologyIsWrongLater() throws Exception {
        String queue = Rabbits.unique("later");
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", Rabbits.PORT)) {
            RabbitConnection rabbit = Rabbits.to(proxy.port())
                    .topology(topology -> topology.queue(queue, Map.of("x-queue-type", "classic")));
            rabbit.start(Rabbits.soon());
            Rabbits.deleteQueue(queue);
            Rabbits.direct(channel -> channel.queueDeclare(queue, true, false, false, Map.of("x-max-length", 5)));
            proxy.cut();
            Rabbits.await("told").until(() -> rabbit.health().detail().contains("406"));
            assertThat(rabbit.health().detail()).contains(queue).contains("x-max-length");
            Rabbits.deleteQueue(queue);
            Rabbits.await("back").until(() -> rabbit.publishing().current() != null);
            rabbit.stop(Rabbits.soon());
        } finally {
            Rabbits.deleteQueue(queue);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "addresses|127.0.0.1|x|x|addresses",
                "username|bob|x|x|password",
                "password|secret|x|x|username",
                "reconnect-min|10s|reconnect-max|1s|reconnect-max",
                "tls.ca-certificate|/no/such/file|tls.enabled|true|tls.ca-certificate",
                "tls.ca-certificate|/etc/hostname|x|x|tls.enabled"
            })
    void namesTheKeyOfEveryRuleThatIsBroken(String key, String value, String key2, String value2, String named) {
        List<String> keys = new ArrayList<>(List.of(key, value));
        if (!key2.equals("x")) {
            keys.addAll(List.of(key2, value2));
        }
        if (!key.equals("addresses")) {
            keys.addAll(List.of("addresses", "127.0.0.1:5672"));
        }
        List<String> broken = new ArrayList<>();
        RabbitConnection.of("rabbit", Rabbits.config(keys.toArray(String[]::new)))
                .check((at, expected) -> broken.add(at));
        assertThat(broken).containsExactly("chassis.rabbit." + named);
    }

    private static Throwable failure(Consumer<Topology> topology) {
        return failure(Rabbits.to(Rabbits.PORT).topology(topology));
    }

    /** The connection holds nothing afterwards. */
    private static Throwable failure(RabbitConnection rabbit) {
        try {
            rabbit.start(Rabbits.soon());
        } catch (Exception e) {
            assertThat(rabbit.publishing().state()).isEqualTo(Role.State.CLOSED);
            return e;
        }
        throw new AssertionError("it started");
    }
}
