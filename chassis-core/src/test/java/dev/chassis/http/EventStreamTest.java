package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {

    private final Recorder out = new Recorder();
    private final EventStream events = new EventStream(out);

    @Test
    void framesDataLineByLineWhateverTheLineEnd() throws IOException {
        events.send("one");
        events.send("a\nb\r\nc\rd");
        events.send("");
        events.send("end\n");
        events.send("\r\n\r");

        assertThat(out.flushed)
                .containsExactly(
                        "data: one\n\n",
                        "data: a\ndata: b\ndata: c\ndata: d\n\n",
                        "data: \n\n",
                        "data: end\ndata: \n\n",
                        "data: \ndata: \ndata: \n\n");
    }

    @Test
    void namesAndNumbersEvents() throws IOException {
        events.send("score", "17", "3:1 \u20ac");
        events.send("score", "", "x");
        events.send("", "18", "y");

        assertThat(out.flushed)
                .containsExactly(
                        "event: score\nid: 17\ndata: 3:1 \u20ac\n\n",
                        "event: score\ndata: x\n\n",
                        "id: 18\ndata: y\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "\n", "a\0"})
    void refusesEventsAndIdsThatWouldBreakTheFrame(String value) {
        assertThatThrownBy(() -> events.send(value, "", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("event: ");
        assertThatThrownBy(() -> events.send("e", value, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("id: ");
        assertThat(out.flushed).isEmpty();
    }

    @Test
    void keepsTheConnectionAliveWithAComment() throws IOException {
        events.heartbeat();

        assertThat(out.flushed).containsExactly(":\n\n");
    }

    @Test
    void tellsWhenToComeBack() throws IOException {
        events.reconnectAfter(Duration.ofMillis(1500));

        assertThat(out.flushed).containsExactly("retry: 1500\n\n");
        assertThatThrownBy(() -> events.reconnectAfter(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What had been written at every flush. */
    private static final class Recorder extends ByteArrayOutputStream {

        private final List<String> flushed = new ArrayList<>();

        @Override
        public void flush() {
            flushed.add(toString(StandardCharsets.UTF_8));
            reset();
        }
    }
}
