package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.health.Health;
import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;
import dev.chassis.testing.FaultProxy;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A connection to a broker that behaves, through a network that does not. */
class RabbitConnectionTest implements ComponentContract {

    @Override
    public Component create() {
        return Rabbits.to(Rabbits.PORT);
    }

    @Override
    public Optional<Component> createFailing() {
        return Optional.of(Rabbits.to(1));
    }

    @Test
    void opensOneConnectionPerRoleThatIsWanted() throws Exception {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", Rabbits.PORT)) {
            RabbitConnection publishes = Rabbits.to(proxy.port());
            publishes.start(Rabbits.soon());
            assertThat(proxy.openConnections()).isEqualTo(1);
            Link consume = Objects.requireNonNull(publishes.consuming().await(Rabbits.soon()));
            assertThat(consume.connection().getClientProvidedName()).isEqualTo("rabbit:rabbit:consume");
            assertThat(proxy.openConnections()).isEqualTo(2);
            publishes.stop(Rabbits.soon());
            Rabbits.await("closed").until(() -> proxy.openConnections() == 0);
        }
    }

    @Test
    void comesBackWithANewGenerationWhenItIsCut() throws Exception {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", Rabbits.PORT)) {
            RabbitConnection rabbit = Rabbits.to(proxy.port());
            Links links = rabbit.consuming();
            rabbit.start(Rabbits.soon());
            assertThat(generation(links)).isEqualTo(1);
            for (long generation = 2; generation < 5; generation++) {
                proxy.cut();
                long expected = generation;
                Rabbits.await("generation " + generation).until(() -> generation(links) == expected);
                assertThat(Objects.requireNonNull(links.current()).connection().isOpen())
                        .isTrue();
            }
            rabbit.stop(Rabbits.soon());
            assertThat(links.isStopped()).isTrue();
            assertThat(links.current()).isNull();
            assertThat(links.await(Rabbits.soon())).isNull();
        }
    }

    @Test
    void isDownWhileThereIsNoBrokerAndUpWhenItIsBack() throws Exception {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", Rabbits.PORT)) {
            RabbitConnection rabbit = Rabbits.to(proxy.port());
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            rabbit.bindTo(meters);
            rabbit.start(Rabbits.soon());
            assertThat(rabbit.health()).isEqualTo(Health.up());
            proxy.refuse();
            proxy.cut();
            Rabbits.await("down").until(() -> rabbit.health().status() == Health.Status.DOWN);
            Rabbits.await("refused").until(() -> rabbit.health().detail().contains("refused"));
            assertThat(rabbit.publishing().await(Deadline.after(Duration.ZERO))).isNull();
            proxy.forward();
            Rabbits.await("up").until(() -> rabbit.health().equals(Health.up()));
            assertThat(meters.get("rabbitmq.generation")
                            .tag("role", "publish")
                            .functionCounter()
                            .count())
                    .isEqualTo(2);
            rabbit.stop(Rabbits.soon());
        }
    }

    @Test
    void stopsByItsDeadlineWhenTheBrokerHangs() throws Exception {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", Rabbits.PORT)) {
            RabbitConnection rabbit = Rabbits.to(proxy.port());
            rabbit.start(Rabbits.soon());
            proxy.stall();
            rabbit.stop(Deadline.after(Duration.ofMillis(200)));
            Rabbits.await("closed").until(() -> rabbit.publishing().state() == Role.State.CLOSED);
        }
    }

    @Test
    void stopsWhileItConnects() throws Exception {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", Rabbits.PORT)) {
            proxy.stall();
            RabbitConnection rabbit = Rabbits.to(proxy.port(), "handshake-timeout", "60s");
            Thread starter = new Thread(() -> {
                try {
                    rabbit.start(Deadline.after(Duration.ofMinutes(2)));
                } catch (Exception e) {
                    // Interrupted below.
                }
            });
            starter.start();
            Rabbits.await("connected, and waiting for an answer").until(() -> proxy.openConnections() == 1);
            starter.interrupt();
            starter.join(10_000);
            assertThat(starter.isAlive()).isFalse();
            Rabbits.await("closed").until(() -> rabbit.publishing().state() == Role.State.CLOSED);
        }
    }

    @Test
    void takesNoMoreTopologyOnceItHasStarted() throws Exception {
        RabbitConnection rabbit = Rabbits.to(Rabbits.PORT);
        rabbit.start(Rabbits.soon());
        assertThatThrownBy(() -> rabbit.topology(topology -> topology.queue("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too late");
        rabbit.stop(Rabbits.soon());
    }

    private static long generation(Links links) {
        Link link = links.current();
        return link == null ? 0 : link.generation();
    }
}
