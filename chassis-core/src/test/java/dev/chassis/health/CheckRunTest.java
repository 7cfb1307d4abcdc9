package dev.chassis.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckRunTest {

    private final List<Boolean> interruptedOnReturn = new ArrayList<>();
    private final TestCheck check = new TestCheck();
    private final CheckRun run = new CheckRun(check, health -> interruptedOnReturn.add(Thread.interrupted()));

    @Test
    void keepsTheInterruptionOfTheCheckFromWhatTheThreadDoesAfterwards() {
        check.answers(() -> {
            run.interrupt();
            return Health.up();
        });
        run.run();
        assertThat(interruptedOnReturn).containsExactly(false);
    }

    @Test
    void doesNotInterruptAThreadThatHasLeftTheCheck() {
        run.run();
        run.interrupt();
        assertThat(Thread.interrupted()).isFalse();
    }
}
