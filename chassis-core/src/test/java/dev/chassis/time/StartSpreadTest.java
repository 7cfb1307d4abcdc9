package dev.chassis.time;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each of these would wait for days if it waited at all. */
@Timeout(30)
class StartSpreadTest {

    private static final Duration DAYS = Duration.ofDays(10_000);

    @Test
    void neverWaitsPastTheDeadline() throws Exception {
        new StartSpread().once(DAYS, Deadline.after(Duration.ZERO));
    }

    @Test
    void waitsOnceOnly() throws Exception {
        StartSpread spread = new StartSpread();
        spread.once(DAYS, Deadline.after(Duration.ZERO));
        spread.once(DAYS, Deadline.after(DAYS));
    }

    @Test
    void zeroIsNoWait() throws Exception {
        new StartSpread().once(Duration.ZERO, Deadline.after(DAYS));
    }
}
