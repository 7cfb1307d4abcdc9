package dev.chassis.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Signals and exit codes of a real process; the numbers are those of {@code docs/drain.md}. */
class ProcessTest {

    @Test
    void sigtermDrainsThroughEveryPhaseAndExitsClean() throws Exception {
        try (TestProcess process = TestProcess.start("plain")) {
            process.awaitLine("Ready in");
            process.signal("TERM");

            assertThat(process.awaitExit()).isZero();
            assertThat(process.output())
                    .containsSubsequence(
                            "SIGTERM received",
                            "phase ANNOUNCE",
                            "phase QUIESCE",
                            "phase AWAIT",
                            "phase EGRESS",
                            "phase CLOSE",
                            "phase FLUSH",
                            "Drained in");
        }
    }

    @Test
    void ctrlCDrainsToo() throws Exception {
        try (TestProcess process = TestProcess.start("plain")) {
            process.awaitLine("Ready in");
            process.signal("INT");

            assertThat(process.awaitExit()).isZero();
            assertThat(process.output()).contains("SIGINT received", "Drained in");
        }
    }

    @Test
    void aSecondSigtermForces() throws Exception {
        try (TestProcess process = TestProcess.start("never-drains", "--chassis.drain.budget=10m")) {
            process.awaitLine("Ready in");
            process.signal("TERM");
            process.awaitLine("phase AWAIT");
            process.signal("TERM");

            assertThat(process.awaitExit()).isEqualTo(143);
        }
    }

    @Test
    void workThatOutlivesTheGraceIsToldByTheExitCode() throws Exception {
        try (TestProcess process = TestProcess.start(
                "never-drains",
                "--chassis.drain.budget=2s",
                "--chassis.drain.announce=0s",
                "--chassis.drain.close=1500ms")) {
            process.awaitLine("Ready in");
            process.signal("TERM");

            assertThat(process.awaitExit()).isEqualTo(80);
            assertThat(process.output()).contains("abandoned");
        }
    }

    @Test
    void aDrainThatDoesNotEndIsEndedByTheWatchdogWithAThreadDump() throws Exception {
        try (TestProcess process = TestProcess.start(
                "drain-hangs",
                "--chassis.drain.budget=1s",
                "--chassis.drain.announce=0s",
                "--chassis.drain.close=500ms")) {
            process.awaitLine("Ready in");
            process.signal("TERM");

            assertThat(process.awaitExit()).isEqualTo(124);
            assertThat(process.output()).contains("The drain did not end").contains("hangForEver");
        }
    }

    @Test
    void systemExitDrainsAndKeepsItsCode() throws Exception {
        try (TestProcess process = TestProcess.start("exits")) {
            assertThat(process.awaitExit()).isEqualTo(7);
            assertThat(process.output()).contains("phase ANNOUNCE", "Drained in");
        }
    }

    @Test
    void aSignalDuringTheStartCancelsIt() throws Exception {
        try (TestProcess process = TestProcess.start("hangs-at-start")) {
            process.awaitLine("hanging");
            process.signal("TERM");

            assertThat(process.awaitExit()).isEqualTo(143);
            assertThat(process.output()).contains("component db was stopped while starting");
        }
    }

    @Test
    void aComponentThatFailsEndsTheProcessWithItsCause() throws Exception {
        try (TestProcess process = TestProcess.start("fails")) {
            assertThat(process.awaitExit()).isEqualTo(70);
            assertThat(process.output())
                    .contains("component db failed to start")
                    .contains("password authentication failed");
        }
    }

    @Test
    void aDependencyThatStaysAwayHasACodeOfItsOwn() throws Exception {
        try (TestProcess process = TestProcess.start("away", "--chassis.start.timeout=5s")) {
            assertThat(process.awaitExit()).isEqualTo(75);
            assertThat(process.output())
                    .contains("component db could not reach what it needs")
                    .contains("db:5432");
        }
    }

    @Test
    void aComponentThatHangsIsNamedWithItsStack() throws Exception {
        try (TestProcess process = TestProcess.start("hangs-at-start", "--chassis.start.timeout=5s")) {
            assertThat(process.awaitExit()).isEqualTo(70);
            assertThat(process.output())
                    .contains("component db did not start in time")
                    .contains("CountDownLatch.await");
        }
    }

    @Test
    void aPortInUseIsNamedWithItsKey() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
                TestProcess process = TestProcess.start("plain", "--chassis.http.port=" + taken.getLocalPort())) {
            assertThat(process.awaitExit()).isEqualTo(70);
            assertThat(process.output()).contains("chassis.http.port").contains(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void everyConfigurationProblemIsReportedAtOnce() throws Exception {
        try (TestProcess process = TestProcess.start(
                "plain", "--chassis.http.port=many", "--chassis.drain.budgte=3s", "--chassis.drain.close=1 day")) {
            assertThat(process.awaitExit()).isEqualTo(78);
            assertThat(process.output())
                    .contains("3 problems")
                    .contains("chassis.http.port")
                    .contains("chassis.drain.budget")
                    .contains("chassis.drain.close");
        }
    }

    @Test
    void aBadLogLevelIsAConfigurationProblemLikeAnyOther() throws Exception {
        try (TestProcess process = TestProcess.start("plain", "--chassis.log.level=LOUD", "--chassis.http.port=many")) {
            assertThat(process.awaitExit()).isEqualTo(78);
            assertThat(process.output())
                    .contains("2 problems")
                    .contains("chassis.log.level")
                    .contains("LOUD");
        }
    }

    @Test
    void keysThatContradictEachOtherAreAConfigurationProblem() throws Exception {
        try (TestProcess process = TestProcess.start(
                "plain", "--chassis.http.load-balancer-idle-timeout=120s", "--chassis.drain.budget=12s")) {
            assertThat(process.awaitExit()).isEqualTo(78);
            assertThat(process.output())
                    .contains("chassis.http.keep-alive")
                    .contains("chassis.drain.announce + chassis.drain.close");
        }
    }

    @Test
    void checkConfigStartsNothing() throws Exception {
        try (TestProcess process = TestProcess.start("fails", "--check-config")) {
            assertThat(process.awaitExit()).isZero();
            assertThat(process.output()).contains("The configuration of process-test is valid.");
        }
    }

    @Test
    void printConfigShowsOriginsAndStartsNothing() throws Exception {
        try (TestProcess process = TestProcess.start("fails", "--print-config", "--chassis.http.max-queued=7")) {
            assertThat(process.awaitExit()).isZero();
            assertThat(process.output()).contains("chassis.http.max-queued = 7").contains("chassis.drain.budget = 25s");
        }
    }

    @Test
    void aTrainingRunAsksItselfAndEndsCleanWhateverItsPartsLack() throws Exception {
        try (TestProcess process = TestProcess.start("fails", "--train")) {
            assertThat(process.awaitExit()).as(process.output()).isZero();
            assertThat(process.output())
                    .containsSubsequence("db: as far as it goes", "Ready in", "trained with", "Drained in");
        }
    }

    @Test
    void aTrainingRunWaitsForNobody() throws Exception {
        try (TestProcess process = TestProcess.start("hangs-at-start", "--train")) {
            assertThat(process.awaitExit()).as(process.output()).isZero();
            assertThat(process.output()).containsSubsequence("hanging", "Ready in", "trained with", "Drained in");
        }
    }

    @Test
    void aTrainingRunStillRefusesAWrongValue() throws Exception {
        try (TestProcess process = TestProcess.start("plain", "--train", "--chassis.http.max-queued=many")) {
            assertThat(process.awaitExit()).isEqualTo(78);
            assertThat(process.output()).contains("chassis.http.max-queued");
        }
    }

    @Test
    void anUnknownArgumentIsAUsageError() throws Exception {
        try (TestProcess process = TestProcess.start("plain", "--prnt-config")) {
            assertThat(process.awaitExit()).isEqualTo(64);
            assertThat(process.output()).contains("argument: --prnt-config").contains("usage:");
        }
    }
}
