package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StacksTest {

    private static final long SECOND = 1_000_000_000L;

    private final Stacks stacks = new Stacks(Duration.ofSeconds(10));

    @Test
    void tellsAStackOncePerPeriodAndCountsMeanwhile() {
        List<Integer> repeats = IntStream.range(0, 6)
                .mapToObj(i -> stacks.see(thrown("message " + i), false, i * 4 * SECOND)
                        .repeats())
                .toList();

        assertThat(repeats).containsExactly(0, 1, 2, 0, 1, 2);
    }

    @Test
    void tellsEveryStackThatIsAudited() {
        assertThat(stacks.see(thrown("a"), true, 0).repeats()).isZero();
        assertThat(stacks.see(thrown("b"), true, 1).repeats()).isZero();
    }

    @Test
    void tellsStacksFromDifferentPlacesApart() {
        ThrowableProxy one = thrown("same");
        ThrowableProxy other = new ThrowableProxy(new IllegalStateException("same"));

        assertThat(stacks.see(one, false, 0).hash())
                .isNotEqualTo(stacks.see(other, false, 0).hash());
    }

    @Test
    void hashesTheSameForAnotherMessageLineAndLambda() throws Exception {
        Callable<Throwable> lambda = () -> new IllegalStateException("one");
        Callable<Throwable> again = () -> new IllegalStateException("two");

        assertThat(StackHash.stable(new ThrowableProxy(lambda.call())))
                .isEqualTo(StackHash.stable(new ThrowableProxy(again.call())))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void leavesOutWhatIsGenerated() {
        assertThat(FrameNames.stable("com.example.Orders$$Lambda/0x00007f1c")).isEqualTo("com.example.Orders");
        assertThat(FrameNames.stable("lambda$place$17")).isEqualTo("lambda$place");
        assertThat(FrameNames.stable("jdk.proxy2.$Proxy42")).isEqualTo("jdk.proxy2.$Proxy");
    }

    @Test
    void rememberNoMoreThanItShould() {
        for (int depth = 0; depth < 3_000; depth++) {
            Exception error = new Exception();
            error.setStackTrace(new StackTraceElement[] {new StackTraceElement("A", "m" + depth, "A.java", depth)});
            assertThat(stacks.see(new ThrowableProxy(error), false, 0).repeats())
                    .isZero();
        }
    }

    private static ThrowableProxy thrown(String message) {
        return new ThrowableProxy(new IllegalStateException(message));
    }
}
