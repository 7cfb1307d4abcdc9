package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextLinesTest {

    @Test
    void writesTimeLevelThreadLoggerMessageAndFields() throws Exception {
        String text = text(false, "WARN", "slow", Map.of("took", 3), null);

        assertThat(text).matches("\\d\\d:\\d\\d:\\d\\d\\.000 WARN  \\[main] Orders: slow took=3 correlation_id=c-1\n");
    }

    @Test
    void coloursTheLevelWhenAskedTo() throws Exception {
        assertThat(text(true, "ERROR", "x", Map.of(), null)).contains("\u001b[31mERROR\u001b[0m");
        assertThat(text(false, "ERROR", "x", Map.of(), null)).doesNotContain("\u001b");
    }

    @Test
    void escapesWhatCouldForgeOrHideLines() throws Exception {
        String text =
                text(false, "INFO", "a\u001b[2Jb\rc\u202ed\u0085e\u2028f\u0000", Map.of("k\u001b", "v\u009b"), null);

        assertThat(text)
                .contains("a\\u001b[2Jb\\u000dc\\u202ed\\u0085e\\u2028f\\u0000", "k\\u001b=v\\u009b")
                .endsWith("\n");
        assertThat(text.chars().filter(c -> c < 0x20)).containsExactly((int) '\n');
    }

    @Test
    void indentsWhatFollowsALineFeed() throws Exception {
        assertThat(text(false, "INFO", "one\n08:00:00.000 ERROR forged", Map.of(), null))
                .contains("one\n    08:00:00.000 ERROR forged");
    }

    @Test
    void leavesTabsAndOtherScriptsAlone() throws Exception {
        assertThat(text(false, "INFO", "\tgrüße \u4f60\u597d \ud83d\ude00", Map.of(), null))
                .contains("\tgrüße \u4f60\u597d \ud83d\ude00");
    }

    @Test
    void writesTheStackBelowTheLine() throws Exception {
        String text = text(false, "ERROR", "failed", Map.of(), new IllegalStateException("why\u001b"));

        assertThat(text).contains("failed correlation_id=c-1\n    java.lang.IllegalStateException: why\\u001b\n");
    }

    private static String text(
            boolean coloured,
            String level,
            String msg,
            Map<String, @Nullable Object> extras,
            @Nullable Throwable error) {
        BatchBuffer out = new BatchBuffer();
        Line line = new Line(
                1_700_000_000L,
                0,
                Severity.valueOf(level),
                "com.example.Orders",
                "main",
                msg,
                "c-1",
                "0af7651916cd43dd8448eb211c80319c",
                null,
                CommonFields.NONE,
                Fields.of(extras),
                error == null ? null : new ThrowableProxy(error),
                false);
        new TextLines(coloured, LineRules.UNBOUNDED, new LogTotals()).encode(line, out);
        return out.toString();
    }
}
