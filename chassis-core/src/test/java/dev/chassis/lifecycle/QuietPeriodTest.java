package dev.chassis.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuietPeriodTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Part http = new Part("http", Stage.INGRESS, Part.journal());
    private final Part consumer = new Part("consumer", Stage.INGRESS, Part.journal());
    private final QuietPeriod quiet = new QuietPeriod(
            List.of(http, consumer), Duration.ofSeconds(2), Deadline.after(Duration.ofSeconds(10), nanos::get));

    @Test
    void isOverAtOnceWhenThereNeverWasTraffic() {
        assertThat(quiet.left()).isZero();
    }

    @Test
    void waitsForWhatIsLeftOfTheQuietPeriod() {
        http.quietFor = Duration.ofMillis(500);
        assertThat(quiet.left()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void isOverWhenTheLastRequestIsAsOldAsTheQuietPeriod() {
        http.quietFor = Duration.ofSeconds(2);
        assertThat(quiet.left()).isZero();
    }

    @Test
    void waitsForTheBusiestComponent() {
        http.quietFor = Duration.ofMillis(1900);
        consumer.quietFor = Duration.ofMillis(100);
        assertThat(quiet.left()).isEqualTo(Duration.ofMillis(1900));
    }

    @Test
    void newTrafficBeginsThePeriodAnew() {
        http.quietFor = Duration.ofMillis(1999);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        http.quietFor = Duration.ZERO;
        assertThat(quiet.left()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void neverWaitsPastTheCeiling() {
        http.quietFor = Duration.ZERO;
        nanos.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(quiet.left()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void isOverAtTheCeilingThoughTrafficGoesOn() {
        http.quietFor = Duration.ZERO;
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(quiet.left()).isZero();
    }
}
