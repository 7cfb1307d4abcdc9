package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ThrowableProxy;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StackTextTest {

    @Test
    void beginsWithTheRootCause() {
        Throwable root = new SQLException("no connection");
        Throwable outer = new IllegalStateException("login failed", new IOException("query failed", root));

        assertThat(text(outer).lines().filter(line -> !line.startsWith("\t")))
                .containsExactly(
                        "java.sql.SQLException: no connection",
                        "Wrapped by: java.io.IOException: query failed",
                        "Wrapped by: java.lang.IllegalStateException: login failed");
        assertThat(text(outer)).contains("\tat " + StackTextTest.class.getName() + ".beginsWithTheRootCause(");
    }

    @Test
    void tellsWhatWasSuppressed() {
        Throwable outer = new IllegalStateException("stop failed");
        outer.addSuppressed(new IOException("close failed", new SQLException("gone")));

        assertThat(text(outer))
                .contains("Suppressed: java.sql.SQLException: gone", "Wrapped by: java.io.IOException: close failed");
    }

    @Test
    void endsAChainThatIsACircle() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        assertThat(text(first))
                .contains("(circular) java.lang.Exception: first")
                .contains("second");
    }

    @Test
    void cutsAStackOfAThousandFrames() {
        assertThat(text(recursive(1_000)).length()).isLessThanOrEqualTo(StackText.MAX_LENGTH);
    }

    @Test
    void cutsAnEndlessMessage() {
        String text = text(new IllegalStateException("x".repeat(1_000_000), new IOException("root")));

        assertThat(text)
                .startsWith("java.io.IOException: root")
                .endsWith("… cut")
                .hasSize(StackText.MAX_LENGTH);
    }

    @Test
    void saysThatThereIsNoMessage() {
        assertThat(text(new IOException())).startsWith("java.io.IOException\n\tat ");
    }

    private static String text(Throwable throwable) {
        return StackText.of(new ThrowableProxy(throwable), message -> message);
    }

    private static Throwable recursive(int depth) {
        return depth == 0 ? new IllegalStateException("deep") : recursive(depth - 1);
    }
}
