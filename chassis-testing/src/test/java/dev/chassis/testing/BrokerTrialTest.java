package dev.chassis.testing;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.testing.BrokerTrial.Result;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The books, kept by an engine whose broker is a line of the test. */
@Timeout(60)
class BrokerTrialTest {

    private final CompletableFuture<BrokerTrial> trial = new CompletableFuture<>();

    @Test
    void eachMessageIsPublishedUntilItIsConfirmedAndEachFaultHappensInItsTurn() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        BrokerReport report = run(
                90,
                number -> {
                    if (attempts.getAndIncrement() % 3 == 0) {
                        return completedFuture(Result.REFUSED);
                    }
                    trial.join().received(number, false);
                    return completedFuture(Result.CONFIRMED);
                },
                List.of(fault("one"), fault("two")));

        assertThat(report.confirmed()).isEqualTo(90);
        assertThat(report.received()).isEqualTo(90);
        assertThat(report.refused()).isEqualTo(attempts.get() - 90).isPositive();
        assertThat(report.lost()).isZero();
        assertThat(report.duplicates()).isZero();
        assertThat(report.faults()).containsExactly("one", "two");
    }

    @Test
    void everyDuplicateHasOneExplanationOrNone() throws Exception {
        BrokerReport report = run(
                10,
                number -> {
                    BrokerTrial books = trial.join();
                    books.received(number, false);
                    switch (number) {
                        case 1 -> books.received(number, true);
                        case 2 -> books.newLife();
                        case 3 -> books.received(number, false);
                        case 4 -> books.received(2, false);
                        default -> {}
                    }
                    return completedFuture(Result.CONFIRMED);
                },
                List.of());

        assertThat(report.duplicates()).isEqualTo(3);
        assertThat(report.redelivered()).isEqualTo(1);
        assertThat(report.afterKill()).isEqualTo(1);
        assertThat(report.unexplained()).isEqualTo(1);
    }

    @Test
    void aCopyOfAnUnknownOutcomeExplainsOneDelivery() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        BrokerReport report = run(
                1,
                number -> {
                    trial.join().received(number, false);
                    return completedFuture(attempts.getAndIncrement() == 0 ? Result.UNKNOWN : Result.CONFIRMED);
                },
                List.of());

        assertThat(report.unknown()).isEqualTo(1);
        assertThat(report.republished()).isEqualTo(1);
        assertThat(report.unexplained()).isZero();
    }

    @Test
    void nothingIsPublishedInAQuietMomentAndEverythingIsReceivedBefore() throws Exception {
        AtomicInteger outstanding = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger(-1);
        BrokerFault quiet = new BrokerFault("quiet", books -> books.whileQuiet(() -> seen.set(outstanding.get())));
        run(
                1_000,
                number -> {
                    outstanding.incrementAndGet();
                    return CompletableFuture.supplyAsync(() -> {
                        trial.join().received(number, false);
                        outstanding.decrementAndGet();
                        return Result.CONFIRMED;
                    });
                },
                List.of(quiet, quiet, quiet));

        assertThat(seen).hasValue(0);
    }

    @Test
    void publishingThatThrowsEndsTheTrial() {
        assertThatThrownBy(() -> run(
                        1,
                        number -> {
                            throw new IOException("broken");
                        },
                        List.of()))
                .isInstanceOf(AssertionError.class)
                .hasRootCauseMessage("broken");
    }

    @Test
    void whatIsLostShows() {
        DeliveryLedger ledger = new DeliveryLedger(3);
        ledger.confirmed(0);
        ledger.confirmed(2);
        ledger.received(0, false);
        ledger.received(1, false);

        assertThat(ledger.isBalanced()).isFalse();
        assertThat(ledger.report(List.of()).lost()).isEqualTo(1);
    }

    @Test
    void aSeedGivesTheSameFaultsAgainAndEveryKindBeforeAnyComesTwice() {
        List<String> first = BrokerFaults.order(7, 18);

        assertThat(BrokerFaults.order(7, 18)).isEqualTo(first);
        assertThat(BrokerFaults.order(8, 18)).isNotEqualTo(first);
        assertThat(first.subList(0, 9)).doesNotHaveDuplicates();
        assertThat(first.subList(9, 18)).containsExactlyInAnyOrderElementsOf(BrokerFaults.KINDS);
    }

    private BrokerReport run(int messages, BrokerTrial.Publishing publishing, List<BrokerFault> faults)
            throws Exception {
        trial.complete(new BrokerTrial(messages, publishing));
        return trial.join().run(faults);
    }

    private static BrokerFault fault(String name) {
        return new BrokerFault(name, books -> {});
    }
}
