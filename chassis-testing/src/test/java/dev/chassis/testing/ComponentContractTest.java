package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.health.Health;
import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract holds for a good component, and each of its tests can fail. */
class ComponentContractTest implements ComponentContract {

    @Override
    public Component create() {
        return new Good();
    }

    @Override
    public Optional<Component> createFailing() {
        return Optional.of(new Good() {
            @Override
            public void start(Deadline deadline) {
                throw new IllegalStateException("refused");
            }
        });
    }

    @Test
    void catchesAStopThatCannotBeRepeated() {
        ComponentContract contract = contract(new Good() {
            private boolean stopped;

            @Override
            public void stop(Deadline deadline) {
                if (stopped) {
                    throw new IllegalStateException("already stopped");
                }
                stopped = true;
            }
        });
        assertThatThrownBy(contract::stopsTwice).hasMessageContaining("already stopped");
    }

    @Test
    void catchesAStopThatNeedsAStart() {
        ComponentContract contract = contract(new Good() {
            @Override
            public void stop(Deadline deadline) {
                if (!started) {
                    throw new IllegalStateException("never started");
                }
            }
        });
        assertThatThrownBy(contract::stopsWithoutHavingStarted).hasMessageContaining("never started");
    }

    @Test
    void catchesAThreadLeftBehind() {
        CountDownLatch end = new CountDownLatch(1);
        ComponentContract contract = contract(new Good() {
            @Override
            public void start(Deadline deadline) {
                new Thread(() -> waitFor(end), "left-behind").start();
            }
        });
        assertThatThrownBy(contract::leavesNoThreadThatKeepsTheProcessAlive).hasMessageContaining("left-behind");
        end.countDown();
    }

    @Test
    void catchesADrainThatWaitsForNothing() {
        ComponentContract contract = contract(new Good() {
            @Override
            public CompletionStage<Void> drain() {
                return new CompletableFuture<>();
            }
        });
        assertThatThrownBy(contract::completesADrainWithNothingInFlight).isInstanceOf(TimeoutException.class);
    }

    @Test
    void catchesAHealthThatThrows() {
        ComponentContract contract = contract(new Good() {
            @Override
            public Health health() {
                throw new IllegalStateException("not connected");
            }
        });
        assertThatThrownBy(contract::tellsItsHealthInEveryState).hasMessageContaining("not connected");
    }

    @Test
    void catchesANameThatChanges() {
        AtomicInteger calls = new AtomicInteger();
        ComponentContract contract = contract(new Good() {
            @Override
            public String name() {
                return "good-" + calls.incrementAndGet();
            }
        });
        assertThatThrownBy(contract::keepsItsName).isInstanceOf(AssertionError.class);
    }

    @Test
    void catchesACountThatIsNotZeroAtRest() {
        ComponentContract contract = contract(new Good() {
            @Override
            public int inFlight() {
                return 1;
            }
        });
        assertThatThrownBy(contract::hasNothingInFlightAtRest).hasMessageContaining("inFlight at rest");
    }

    @Test
    void stopsTheComponentEvenWhenAScriptFails() {
        Good good = new Good();
        assertThatThrownBy(() -> Trial.of(good, trial -> {
                    trial.start();
                    throw new IllegalStateException("script");
                }))
                .hasMessageContaining("script");
        assertThat(good.started).isFalse();
    }

    private static ComponentContract contract(Component component) {
        return () -> component;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static class Good implements Component {

        volatile boolean started;

        @Override
        public String name() {
            return "good";
        }

        @Override
        public void start(Deadline deadline) {
            started = true;
        }

        @Override
        public void stop(Deadline deadline) {
            started = false;
        }
    }
}
