package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.chassis.context.Correlation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamingTest {

    @Test
    void writesToTheClientUnderTheCorrelationOfTheRequest() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        writer(stream -> stream.write(String.valueOf(Correlation.current()).getBytes(StandardCharsets.UTF_8)))
                .write(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(TestExchange.CORRELATION.toString());
        assertThat(Correlation.current()).isNull();
    }

    @Test
    void whisperOfAClientThatHasGone() {
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            assertThatThrownBy(() -> writer(out -> out.write(1)).write(new GoneOutput()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("connection reset");
            assertThatThrownBy(() -> writer(StreamingTest::writeWrapped).write(new GoneOutput()))
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(UncheckedIOException.class);

            assertThat(log.levels()).containsExactly(Level.DEBUG, Level.DEBUG);
        }
    }

    @Test
    void complainOfAWriterThatFailsByItselfOnceAndCutTheAnswer() {
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            assertThatThrownBy(() -> writer(out -> {
                                throw new FileNotFoundException("report.csv");
                            })
                            .write(OutputStream.nullOutputStream()))
                    .isInstanceOf(FileNotFoundException.class);
            assertThatThrownBy(() -> writer(out -> {
                                throw new StackOverflowError();
                            })
                            .write(OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(StackOverflowError.class);

            assertThat(log.levels()).containsExactly(Level.ERROR, Level.ERROR);
        }
    }

    @Test
    void sendsEventsAsTheyHappen() throws IOException {
        TestApplication app = TestApplication.of(
                routes -> routes.get("/", request -> Response.events(events -> events.send("hello"))));
        Response response = app.get("/");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ((Response.Body.Stream) response.body()).writer().write(out);

        assertThat(response.header("content-type")).contains("text/event-stream");
        assertThat(response.header("cache-control")).contains("no-store");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("data: hello\n\n");
    }

    @Test
    void readsTheBodyAsItArrives() {
        TestApplication app =
                upload(request -> Response.json(request.bodyStream().readAllBytes().length));

        assertThat(TestApplication.text(app.send(chunk("abc")))).isEqualTo("3");
    }

    @Test
    void readsTheBodyWholeForWhoeverWantsItWholeAndOnlyOnce() {
        TestApplication app = upload(request -> Response.text(
                request.with(String.class, "x").bodyText() + request.bodyText() + request.bodyBytes().length));

        assertThat(TestApplication.text(app.send(chunk("abc")))).isEqualTo("abcabc3");
    }

    @Test
    void handsTheBytesAlreadyReadOutAsAStreamElsewhere() {
        TestApplication app = TestApplication.of(routes -> routes.post(
                "/upload", request -> Response.json(request.bodyStream().readAllBytes().length)));

        assertThat(TestApplication.text(app.send(TestExchange.post("/upload", "1234"))))
                .isEqualTo("4");
    }

    @Test
    void whisperOfAClientThatGoesAwayDuringItsUpload() {
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            TestExchange gone = TestExchange.of("POST", "/upload").streamed(new GoneInput());

            assertThat(upload(request -> Response.json(request.bodyStream().read()))
                            .send(gone)
                            .status())
                    .isEqualTo(400);
            assertThat(upload(request -> Response.text(request.bodyText()))
                            .send(gone)
                            .status())
                    .isEqualTo(400);

            assertThat(log.levels()).containsExactly(Level.DEBUG, Level.DEBUG);
        }
    }

    @Test
    void complainOfFilesThatCannotBeRead() {
        try (CapturedLog log = new CapturedLog(Failures.class)) {
            TestApplication app = upload(request -> {
                throw new FileNotFoundException("template.html");
            });

            assertThat(app.send(chunk("x")).status()).isEqualTo(500);
            assertThat(log.levels()).containsExactly(Level.ERROR);
        }
    }

    private static void writeWrapped(OutputStream out) {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestApplication upload(Handler handler) {
        return TestApplication.of(routes -> routes.post("/upload", handler, Route::streaming));
    }

    private static TestExchange chunk(String text) {
        return TestExchange.of("POST", "/upload")
                .streamed(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Response.StreamWriter writer(Response.StreamWriter writer) {
        TestApplication app =
                TestApplication.of(routes -> routes.get("/", request -> Response.stream("text/csv", writer)));
        return ((Response.Body.Stream) app.get("/").body()).writer();
    }

    private static final class GoneOutput extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("connection reset");
        }

        @Override
        public void flush() throws IOException {
            throw new IOException("connection reset");
        }
    }

    private static final class GoneInput extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }
    }
}
