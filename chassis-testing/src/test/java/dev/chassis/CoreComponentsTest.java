package dev.chassis;

import dev.chassis.config.Configuration;
import dev.chassis.health.HealthRegistry;
import dev.chassis.http.HttpConfig;
import dev.chassis.http.HttpServer;
import dev.chassis.lifecycle.Component;
import dev.chassis.metrics.Metrics;
import dev.chassis.metrics.MetricsConfig;
import dev.chassis.testing.ComponentContract;
import dev.chassis.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The components of the core keep the contract. Here, because the core cannot depend on the module that has it. */
class CoreComponentsTest {

    @Nested
    class TheHttpServer implements ComponentContract {

        private Optional<ServerSocket> taken = Optional.empty();

        @Override
        public Component create() {
            return server(0);
        }

        /** Its port is taken. */
        @Override
        public Optional<Component> createFailing() {
            try {
                taken = Optional.of(new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0")));
                return Optional.of(server(taken.get().getLocalPort()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @AfterEach
        void release() throws IOException {
            if (taken.isPresent()) {
                taken.get().close();
            }
        }

        private HttpServer server(int port) {
            Map<String, String> settings = Map.of("chassis.http.port", String.valueOf(port));
            return new HttpServer(Configuration.load(settings).bind(HttpConfig.class), (method, path) -> {
                throw new AssertionError("nobody asks");
            });
        }
    }

    @Nested
    class TheBackground implements ComponentContract {

        @Override
        public Component create() {
            return new TrackedBackground(Configuration.load(Map.of()).bind(BackgroundConfig.class));
        }
    }

    @Nested
    class TheHealthSchedule implements ComponentContract {

        @Override
        public Component create() {
            return new HealthSchedule(new HealthRegistry(Ticker.system()));
        }
    }

    @Nested
    class TheMetricsRegistry implements ComponentContract {

        @Override
        public Component create() {
            MetricsConfig config = Configuration.load(Map.of()).bind(MetricsConfig.class);
            return new MetricsRegistry(new Metrics("orders-service", "1", config));
        }
    }

    @Nested
    class TheLoadBalancerWatch implements ComponentContract {

        @Override
        public Component create() {
            return new LoadBalancerWatch(Ticker.system());
        }
    }

    @Nested
    class AWarmUpHook implements ComponentContract {

        @Override
        public Component create() {
            return new WarmUpHook("cache", () -> {});
        }

        @Override
        public Optional<Component> createFailing() {
            return Optional.of(new WarmUpHook("cache", () -> {
                throw new IllegalStateException("empty");
            }));
        }
    }
}
