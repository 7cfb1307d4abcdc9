package dev.chassis.lifecycle;

import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A lifecycle with short times, and the events it told. */
final class Life {

    final List<LifecycleEvent> events = new CopyOnWriteArrayList<>();
    private Duration startTimeout = Duration.ofSeconds(20);
    private Duration announce = Duration.ZERO;
    private Duration budget = Duration.ofSeconds(20);
    private Duration close = Duration.ofSeconds(10);
    private Duration quietPeriod = Duration.ZERO;
    private @Nullable Lifecycle lifecycle;

    Life startTimeout(Duration timeout) {
        startTimeout = timeout;
        return this;
    }

    Life announce(Duration ceiling, Duration quiet) {
        announce = ceiling;
        quietPeriod = quiet;
        return this;
    }

    Life budget(Duration all, Duration forClose) {
        budget = all;
        close = forClose;
        return this;
    }

    Life of(Component... components) {
        lifecycle =
                new Lifecycle(List.of(components), startConfig(), drainConfig(), Ticker.system(), List.of(events::add));
        return this;
    }

    StartLedger start(Component... components) {
        of(components);
        return lifecycle().start(System.nanoTime());
    }

    Lifecycle lifecycle() {
        return Objects.requireNonNull(lifecycle);
    }

    DrainReport drain(String cause) throws Exception {
        return lifecycle().drain(cause).toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    <T extends LifecycleEvent> Stream<T> told(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    StartConfig startConfig() {
        return new StartConfig() {
            @Override
            public OnHeapExcess onHeapExcess() {
                return OnHeapExcess.REFUSE;
            }

            @Override
            public Duration timeout() {
                return startTimeout;
            }

            @Override
            public Duration retryBase() {
                return Duration.ofMillis(1);
            }

            @Override
            public Duration retryCap() {
                return Duration.ofMillis(5);
            }
        };
    }

    DrainConfig drainConfig() {
        return new DrainConfig() {
            @Override
            public Duration budget() {
                return budget;
            }

            @Override
            public Duration announce() {
                return announce;
            }

            @Override
            public Duration quietPeriod() {
                return quietPeriod;
            }

            @Override
            public Duration close() {
                return close;
            }
        };
    }
}
