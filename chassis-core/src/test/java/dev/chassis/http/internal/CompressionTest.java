package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {

    private static final String LONG = "to be compressed, ".repeat(100);

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        server.paths.at("/long", x -> Response.text(LONG));
        server.paths.at("/loop", x -> Response.text(LONG)).eventLoop();
        server.paths.at("/short", x -> Response.text("short"));
        server.paths.at("/image", x -> Response.bytes("image/png", LONG.getBytes(StandardCharsets.US_ASCII)));
        server.paths.at("/etag", x -> Response.text(LONG).header("etag", "\"1\""));
        server.paths.at("/done", x -> Response.text(LONG).header("content-encoding", "br"));
        server.paths.at("/events", x -> Response.events(events -> events.send(LONG)));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private RawClient.Answer get(String path, String accept) throws IOException {
        return server.client()
                .send("GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: " + accept + "\r\n\r\n")
                .answer();
    }

    @Test
    void compressesLongTextForThoseWhoAcceptIt() throws IOException {
        for (String path : new String[] {"/long", "/loop"}) {
            RawClient.Answer answer = get(path, "br, gzip");
            assertThat(answer.header("content-encoding")).isEqualTo("gzip");
            assertThat(answer.header("vary")).isEqualTo("accept-encoding");
            assertThat(answer.body().length).isLessThan(LONG.length() / 5);
            assertThat(new String(
                            new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(),
                            StandardCharsets.US_ASCII))
                    .isEqualTo(LONG);
        }
    }

    @Test
    void saysThatTheAnswerVariesAlsoToThoseWhoDoNot() throws IOException {
        RawClient.Answer answer = get("/long", "identity");
        assertThat(answer.text()).isEqualTo(LONG);
        assertThat(answer.header("vary")).isEqualTo("accept-encoding");
    }

    @Test
    void leavesAloneWhatDoesNotGainOrMustNotChange() throws IOException {
        for (String path : new String[] {"/short", "/image", "/etag", "/events"}) {
            assertThat(get(path, "gzip").headers("content-encoding")).as(path).isEmpty();
        }
        assertThat(get("/done", "gzip").headers("content-encoding")).containsExactly("br");
    }

    @Test
    void answersHeadWithTheLengthOfTheCompressedBody() throws IOException {
        String length = get("/long", "gzip").header("content-length");
        RawClient.Answer head = server.client()
                .send("HEAD /long HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
                .headOnly();
        assertThat(head.header("content-length")).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "GZIP | true",
                "br, gzip;q=0.5 | true",
                "* | true",
                "gzip;q=0 | false",
                "gzip; q=0.000, * | false",
                "*;q=0 | false",
                "br | false",
                "xgzip | false"
            })
    void readsAcceptEncoding(String value, boolean accepted) {
        assertThat(Compression.acceptsGzip(value)).isEqualTo(accepted);
    }
}
