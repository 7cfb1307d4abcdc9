package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginTest {

    private static final Duration COARSE = Duration.ofMillis(2_900);

    @TempDir
    Path proc;

    @Test
    void theAgeIsExactWhereTheSystemTellsIt() throws IOException {
        write("1000.50 9.9", "17 (a ) name) S 1 17 17 0 -1 4 0 0 0 0 5 2 0 0 20 0 9 0 99835 1 2");

        assertThat(Origin.exact(proc, COARSE)).contains(Duration.ofMillis(2_150));
    }

    @Test
    void anotherClockIsNotBelieved() throws IOException {
        write("12.50 9.9", "17 (java) S 1 17 17 0 -1 4 0 0 0 0 5 2 0 0 20 0 9 0 99835 1 2");

        assertThat(Origin.exact(proc, COARSE)).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNotKnown() throws IOException {
        assertThat(Origin.exact(proc, COARSE)).isEmpty();
        write("soon", "17 (java) S");
        assertThat(Origin.exact(proc, COARSE)).isEmpty();
    }

    @Test
    void thisProcessBeganBeforeNow() {
        assertThat(System.nanoTime() - Origin.ofJvm()).isPositive();
    }

    private void write(String uptime, String stat) throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("uptime"), uptime);
        Files.writeString(proc.resolve("self/stat"), stat);
    }
}
