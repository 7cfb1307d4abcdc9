package dev.chassis.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LifecycleStartTest {

    private final List<String> journal = Part.journal();
    private final Life life = new Life();

    @Test
    void stagesStartInOrderWhateverTheOrderOfRegistration() {
        life.start(
                part("http", Stage.INGRESS),
                part("db", Stage.RESOURCE),
                part("logs", Stage.TELEMETRY),
                part("pub", Stage.EGRESS));

        assertThat(journal)
                .containsExactly(
                        "start logs",
                        "started logs",
                        "start db",
                        "started db",
                        "start pub",
                        "started pub",
                        "start http",
                        "started http");
    }

    @Test
    void independentComponentsOfAStageStartInParallel() {
        CyclicBarrier allAreStarting = new CyclicBarrier(3);
        Part.Act meet = deadline -> allAreStarting.await(20, TimeUnit.SECONDS);

        life.start(
                part("a", Stage.RESOURCE).starting(meet),
                part("b", Stage.RESOURCE).starting(meet),
                part("c", Stage.RESOURCE).starting(meet));

        assertThat(life.lifecycle().state()).isEqualTo(ServiceState.READY);
    }

    @Test
    void whatIsHeldStartsBeforeItsHolder() {
        Part db = part("db", Stage.RESOURCE);
        Part schema = part("schema", Stage.RESOURCE).holding(db);

        life.start(schema, db);

        assertThat(journal).containsExactly("start db", "started db", "start schema", "started schema");
    }

    @Test
    void aFailureRollsBackExactlyWhatWasTouched() {
        Part db = part("db", Stage.RESOURCE);
        Part broken = part("broken", Stage.EGRESS).starting(deadline -> {
            throw new IllegalStateException("no such exchange");
        });
        Part http = part("http", Stage.INGRESS);

        assertThatThrownBy(() -> life.start(db, broken, http))
                .isInstanceOf(StartException.class)
                .hasMessageMatching("component broken failed to start after \\d+ ms: no such exchange")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(journal).containsExactly("start db", "started db", "start broken", "stop broken", "stop db");
        assertThat(life.lifecycle().state()).isEqualTo(ServiceState.FAILED);
    }

    @Test
    void theFirstFailureIsPrimaryAndTheOthersAreSuppressed() {
        CountDownLatch firstHasFailed = new CountDownLatch(1);
        Part first = part("first", Stage.RESOURCE).starting(deadline -> {
            firstHasFailed.countDown();
            throw new IllegalStateException("first");
        });
        Part second = part("second", Stage.RESOURCE)
                .starting(deadline -> {
                    firstHasFailed.await();
                    new CountDownLatch(1).await();
                })
                .stopping(deadline -> {
                    throw new IllegalStateException("cannot close");
                });

        StartException failure = catchThrowableOfType(StartException.class, () -> life.start(first, second));

        assertThat(failure.component()).isEqualTo("first");
        assertThat(failure.getSuppressed()).hasSize(2);
        assertThat(failure.getSuppressed()[0])
                .hasMessageContaining("component second")
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(failure.getSuppressed()[1]).hasMessage("cannot close");
    }

    @Test
    void aPassingFailureIsRetriedUntilItPasses() {
        AtomicInteger attempts = new AtomicInteger();
        Part late = part("late", Stage.RESOURCE).starting(deadline -> {
            if (attempts.incrementAndGet() < 4) {
                throw new TransientFailureException("refused", new java.io.IOException("refused"));
            }
        });

        StartLedger ledger = life.start(late);

        assertThat(ledger.components())
                .singleElement()
                .satisfies(entry -> assertThat(entry.attempts()).isEqualTo(4));
        assertThat(life.told(LifecycleEvent.ComponentRetrying.class)).hasSize(3);
    }

    @Test
    void aPassingFailureThatLastsSaysTheDependencyIsUnavailable() {
        Part away = part("away", Stage.RESOURCE).starting(deadline -> {
            throw new TransientFailureException("connection refused: db:5432", new java.io.IOException());
        });

        StartException failure = catchThrowableOfType(
                StartException.class,
                () -> life.startTimeout(Duration.ofMillis(100)).start(away));

        assertThat(failure.reason()).isEqualTo(StartException.Reason.DEPENDENCY_UNAVAILABLE);
        assertThat(failure)
                .hasMessageContaining("could not reach what it needs")
                .hasMessageContaining("db:5432");
    }

    @Test
    void aHangingComponentIsInterruptedAndNamedWithTheStackItHangsIn() {
        Part hanging = part("hanging", Stage.RESOURCE).starting(Part.hang());

        StartException failure = catchThrowableOfType(
                StartException.class,
                () -> life.startTimeout(Duration.ofMillis(50)).start(hanging));

        assertThat(failure.reason()).isIn(StartException.Reason.TIMED_OUT);
        assertThat(failure).hasMessageContaining("component hanging did not start in time");
        assertThat(failure.getCause())
                .satisfies(cause -> assertThat(cause.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("await")));
    }

    @Test
    void aComponentThatIgnoresInterruptionDoesNotHoldUpTheRollBack() {
        CountDownLatch released = new CountDownLatch(1);
        Part db = part("db", Stage.RESOURCE);
        Part deaf = part("deaf", Stage.INGRESS).starting(Part.deafUntil(released));

        assertThatThrownBy(() -> life.startTimeout(Duration.ofMillis(50)).start(db, deaf))
                .isInstanceOf(StartException.class);

        assertThat(journal).contains("stop deaf", "stop db");
        released.countDown();
    }

    @Test
    void anErrorIsAFailureLikeAnyOther() {
        Part broken = part("broken", Stage.RESOURCE).starting(deadline -> {
            throw new NoClassDefFoundError("org/postgresql/Driver");
        });

        assertThatThrownBy(() -> life.start(broken))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("org/postgresql/Driver")
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void aDrainAskedForDuringTheStartCancelsIt() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        Part slow = part("slow", Stage.RESOURCE).starting(deadline -> {
            starting.countDown();
            new CountDownLatch(1).await();
        });
        life.of(slow);
        CompletableFuture<Void> start =
                CompletableFuture.runAsync(() -> life.lifecycle().start(0));
        assertThat(starting.await(20, TimeUnit.SECONDS)).isTrue();

        DrainReport report = life.drain("SIGTERM");

        assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
        assertThatThrownBy(start::join).hasRootCauseInstanceOf(InterruptedException.class);
        assertThat(life.lifecycle().state()).isEqualTo(ServiceState.FAILED);
        assertThat(journal).contains("stop slow");
    }

    @Test
    void itStartsOnce() {
        life.start(part("a", Stage.RESOURCE));

        assertThatThrownBy(() -> life.lifecycle().start(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("READY");
    }

    @Test
    void statesAreToldInOrderAndTheLedgerNamesEveryComponent() {
        StartLedger ledger = life.start(part("db", Stage.RESOURCE), part("http", Stage.INGRESS));

        assertThat(life.told(LifecycleEvent.StateReached.class).map(LifecycleEvent.StateReached::state))
                .containsExactly(ServiceState.STARTING, ServiceState.READY);
        assertThat(ledger.components()).extracting(StartLedger.Entry::component).containsExactly("db", "http");
        assertThat(ledger.total()).isGreaterThanOrEqualTo(ledger.assembly());
        assertThat(ledger.archive()).isEqualTo("none");
    }

    @Test
    void aListenerThatThrowsStopsNothing() {
        Lifecycle lifecycle = new Lifecycle(
                List.of(part("a", Stage.RESOURCE)),
                life.of().startConfig(),
                life.drainConfig(),
                System::nanoTime,
                List.of(event -> {
                    throw new IllegalStateException("listener");
                }));

        lifecycle.start(0);

        assertThat(lifecycle.state()).isEqualTo(ServiceState.READY);
    }

    @RepeatedTest(50)
    void everyRandomServiceStartsWhatIsHeldFirstAndStopsItLast(RepetitionInfo repetition) throws Exception {
        long seed = repetition.getCurrentRepetition() * 7919L;
        List<Part> parts = randomService(new Random(seed));

        life.start(parts.toArray(Part[]::new));
        life.drain("test");

        for (Part holder : parts) {
            for (Component held : holder.dependsOn()) {
                assertThat(journal.indexOf("started " + held.name()))
                        .as("seed %d: %s holds %s", seed, holder.name(), held.name())
                        .isLessThan(journal.indexOf("start " + holder.name()));
                assertThat(journal.indexOf("stop " + held.name()))
                        .as("seed %d: %s holds %s", seed, holder.name(), held.name())
                        .isGreaterThan(journal.indexOf("stop " + holder.name()));
            }
        }
        assertThat(journal.stream().filter(line -> line.startsWith("stop "))).hasSameSizeAs(parts);
    }

    private List<Part> randomService(Random random) {
        List<Part> parts = new ArrayList<>();
        int size = 1 + random.nextInt(12);
        for (int i = 0; i < size; i++) {
            Part part = part("p" + i, Stage.values()[random.nextInt(Stage.values().length)]);
            parts.stream()
                    .filter(other -> other.stage().compareTo(part.stage()) <= 0 && random.nextInt(3) == 0)
                    .forEach(part::holding);
            parts.add(part);
        }
        Collections.shuffle(parts, random);
        return parts;
    }

    private Part part(String name, Stage stage) {
        return new Part(name, stage, journal);
    }
}
