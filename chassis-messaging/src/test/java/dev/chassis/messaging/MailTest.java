package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailTest {

    private static final long LONG = Duration.ofSeconds(30).toNanos();

    @Test
    void wakesWhoDoesNotLookForACalmTask() throws Exception {
        Mail mail = new Mail(10);
        assertThat(mail.attend(false)).isTrue();
        new Thread(() -> mail.putCalmly(() -> {})).start();
        assertThat(mail.next(LONG)).isNotNull();
        assertThat(mail.nextCalm()).isNotNull();
        assertThat(mail.nextCalm()).isNull();
    }

    @Test
    void wakesWhoLooksSoonOnlyWhenThereAreEnough() throws Exception {
        Mail mail = new Mail(3);
        mail.attend(true);
        mail.putCalmly(() -> {});
        mail.putCalmly(() -> {});
        assertThat(mail.isEmpty()).isTrue();
        mail.putCalmly(() -> {});
        assertThat(mail.isEmpty()).isFalse();
        assertThat(mail.next(LONG)).isNotNull();
        for (int i = 0; i < 3; i++) {
            assertThat(mail.nextCalm()).isNotNull();
        }
        assertThat(mail.nextCalm()).isNull();
    }

    @Test
    void doesNotForgetWhatCameWhileSomebodyWasToLookSoon() {
        Mail mail = new Mail(3);
        mail.attend(true);
        mail.putCalmly(() -> {});
        assertThat(mail.attend(false)).as("may wait").isFalse();
        assertThat(mail.nextCalm()).isNotNull();
        assertThat(mail.attend(false)).isTrue();
    }

    /** The settler's loop without a settler: whoever loses a wake-up waits for 30 seconds here. */
    @Test
    void losesNoTaskHoweverManyPutThem() throws Exception {
        int threads = 4;
        int each = 50_000;
        Mail mail = new Mail(5);
        AtomicInteger done = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        Thread settler = new Thread(() -> {
            try {
                for (int step = 0; done.get() < threads * each; step++) {
                    boolean soon = step % 3 != 0;
                    mail.next(mail.attend(soon) ? (soon ? Duration.ofMillis(1).toNanos() : LONG) : 0);
                    for (Runnable task = mail.nextCalm(); task != null; task = mail.nextCalm()) {
                        task.run();
                    }
                }
                ended.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        settler.setDaemon(true);
        settler.start();
        for (int i = 0; i < threads; i++) {
            Thread putter = new Thread(() -> {
                for (int k = 0; k < each; k++) {
                    mail.putCalmly(done::incrementAndGet);
                    if (k % 100 == 0) {
                        Thread.yield();
                    }
                }
            });
            putter.setDaemon(true);
            putter.start();
        }
        assertThat(ended.await(25, TimeUnit.SECONDS)).isTrue();
        assertThat(done.get()).isEqualTo(threads * each);
    }
}
