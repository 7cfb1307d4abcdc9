package dev.chassis.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LifecycleDrainTest {

    private final List<String> journal = Part.journal();
    private final Life life = new Life();

    @Test
    void announcesToAllThenDrainsAndAwaitsIngressBeforeWhatItUses() throws Exception {
        Part db = part("db", Stage.RESOURCE);
        Part pub = part("pub", Stage.EGRESS);
        Part http = part("http", Stage.INGRESS);
        life.start(db, pub, http);
        journal.clear();

        life.drain("SIGTERM");

        assertThat(journal)
                .containsExactly(
                        "announce db",
                        "announce pub",
                        "announce http",
                        "drain http",
                        "drain pub",
                        "drain db",
                        "flush http",
                        "flush pub",
                        "flush db",
                        "stop http",
                        "stop pub",
                        "stop db");
    }

    @Test
    void whatIsUsedAcceptsWorkUntilWhatReceivesHasFinished() throws Exception {
        Part background = part("background", Stage.RESOURCE);
        Part http = part("http", Stage.INGRESS);
        life.start(background, http);
        http.work.tryEnter();
        CompletableFuture<DrainReport> drained =
                life.lifecycle().drain("SIGTERM").toCompletableFuture();
        Awaitility.await().until(() -> journal.contains("drain http"));

        boolean accepted = background.work.tryEnter();
        http.work.exit();
        Awaitility.await().until(() -> journal.contains("drain background"));
        boolean stoppedTooEarly = journal.contains("stop http");
        background.work.exit();

        assertThat(accepted).isTrue();
        assertThat(stoppedTooEarly).isFalse();
        DrainReport report = drained.get(1, TimeUnit.MINUTES);
        assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
        assertThat(report.inFlightAtStart()).containsExactly(java.util.Map.entry("http", 1));
    }

    @Test
    void workThatOutlivesTheGraceIsNamedAndCounted() throws Exception {
        Part http = part("http", Stage.INGRESS);
        life.budget(Duration.ofMillis(600), Duration.ofMillis(500)).start(http);
        http.work.tryEnter();
        http.work.tryEnter();

        DrainReport report = life.drain("SIGTERM");

        assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.ABANDONED);
        assertThat(report.abandoned()).containsExactly(java.util.Map.entry("http", 2));
        assertThat(journal).contains("stop http");
    }

    @Test
    void aComponentThatHangsInStopDoesNotKeepOthersFromStopping() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        Part db = part("db", Stage.RESOURCE);
        Part deaf = part("deaf", Stage.INGRESS).stopping(Part.deafUntil(released));
        life.budget(Duration.ofMillis(700), Duration.ofMillis(600)).start(db, deaf);

        DrainReport report = life.drain("SIGTERM");

        assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.UNTIDY);
        assertThat(report.failures())
                .singleElement()
                .asString()
                .contains("deaf")
                .contains("still at work");
        assertThat(journal).contains("stop db");
        released.countDown();
    }

    @Test
    void failuresOfFlushAndStopAreReportedAndNothingIsSkipped() throws Exception {
        Part db = part("db", Stage.RESOURCE).stopping(deadline -> {
            throw new IllegalStateException("sessions left");
        });
        Part pub = part("pub", Stage.EGRESS);
        pub.onFlush = deadline -> {
            throw new IllegalStateException("3 confirms missing");
        };
        life.start(db, pub);

        DrainReport report = life.drain("close");

        assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.UNTIDY);
        assertThat(report.failures())
                .containsExactly(
                        "pub: java.lang.IllegalStateException: 3 confirms missing",
                        "db: java.lang.IllegalStateException: sessions left");
        assertThat(journal).contains("stop pub", "stop db");
    }

    @Test
    void askingTwiceDrainsOnceAndGivesTheSameReport() throws Exception {
        life.start(part("http", Stage.INGRESS));

        DrainReport first = life.drain("SIGTERM");
        DrainReport second = life.drain("admin");

        assertThat(second).isSameAs(first);
        assertThat(first.cause()).isEqualTo("SIGTERM");
        assertThat(journal.stream().filter("stop http"::equals)).hasSize(1);
    }

    @Test
    void aServiceThatNeverStartedHasNothingToDrain() throws Exception {
        life.of(part("http", Stage.INGRESS));

        assertThat(life.drain("close").phases()).isEmpty();
        assertThat(journal).isEmpty();
    }

    @Test
    void phasesAndStatesAreToldInOrder() throws Exception {
        life.start(part("http", Stage.INGRESS));
        life.events.clear();

        DrainReport report = life.drain("SIGTERM");

        assertThat(life.told(LifecycleEvent.DrainPhaseEntered.class).map(LifecycleEvent.DrainPhaseEntered::phase))
                .containsExactly(DrainPhase.values());
        assertThat(life.told(LifecycleEvent.StateReached.class).map(LifecycleEvent.StateReached::state))
                .containsExactly(ServiceState.DRAINING, ServiceState.STOPPED);
        assertThat(life.events.get(life.events.size() - 1)).isEqualTo(new LifecycleEvent.Drained(report));
    }

    @Test
    void theAnnouncePhaseLastsUntilTrafficIsQuiet() throws Exception {
        Part http = part("http", Stage.INGRESS);
        http.quietFor = Duration.ZERO;
        life.announce(Duration.ofSeconds(10), Duration.ofMillis(1)).start(http);
        CompletableFuture<DrainReport> drained =
                life.lifecycle().drain("SIGTERM").toCompletableFuture();
        Awaitility.await().until(() -> journal.contains("announce http"));

        boolean refusedWhileBusy = http.work.isClosed();
        http.quietFor = Duration.ofMillis(2);

        assertThat(refusedWhileBusy).isFalse();
        assertThat(drained.get(1, TimeUnit.MINUTES).verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
    }

    @Test
    void aComponentThatThrowsWhileDrainingIsReportedAndTheDrainGoesOn() throws Exception {
        Component rude = new RudeComponent();
        life.start(rude, part("http", Stage.INGRESS));

        DrainReport report = life.drain("SIGTERM");

        assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.UNTIDY);
        assertThat(report.failures()).anyMatch(line -> line.startsWith("rude: "));
        assertThat(journal).contains("stop http");
    }

    private Part part(String name, Stage stage) {
        return new Part(name, stage, journal);
    }

    private static final class RudeComponent implements Component {
        @Override
        public String name() {
            return "rude";
        }

        @Override
        public void start(dev.chassis.time.Deadline deadline) {}

        @Override
        public void announce() {
            throw new IllegalStateException("announce");
        }

        @Override
        public java.util.concurrent.CompletionStage<Void> drain() {
            throw new NoClassDefFoundError("drain");
        }

        @Override
        public void stop(dev.chassis.time.Deadline deadline) {}
    }
}
