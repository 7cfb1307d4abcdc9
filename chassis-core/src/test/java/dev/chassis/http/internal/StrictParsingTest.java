package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.http.Response;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrictParsingTest {

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer("max-request-line-bytes", "200", "max-header-bytes", "400");
        server.paths.at("/", x -> Response.text("fine"));
        server.paths.at("/echo", x -> Response.text(new String(x.body(), java.nio.charset.StandardCharsets.UTF_8)));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refusesWith400AndCloses(String what, String request) throws IOException {
        // The second request must never be answered: that would be smuggling.
        RawClient client = server.client().send(request + "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).as(answer.head()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(answer.header("x-correlation-id")).isNotEmpty();
        assertThat(answer.text()).contains("\"status\":400");
        assertThat(client.rest()).isEmpty();
        assertThat(server.http.inFlight()).isZero();
    }

    static Stream<Arguments> malformed() {
        String post = "POST /echo HTTP/1.1\r\nHost: x\r\n";
        String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                Arguments.of(
                        "transferEncodingTogetherWithContentLength",
                        post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("differingContentLengths", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
                Arguments.of("repeatedContentLength", post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
                Arguments.of("listOfContentLengths", post + "Content-Length: 3, 3\r\n\r\nabc"),
                Arguments.of("negativeContentLength", post + "Content-Length: -3\r\n\r\n"),
                Arguments.of("contentLengthWithSign", post + "Content-Length: +3\r\n\r\nabc"),
                Arguments.of("contentLengthOfLetters", post + "Content-Length: abc\r\n\r\n"),
                Arguments.of("contentLengthBeyondLong", post + "Content-Length: 99999999999999999999\r\n\r\n"),
                Arguments.of("foldedHeader", "GET / HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n"),
                Arguments.of("foldedHeaderWithTab", "GET / HTTP/1.1\r\nHost: x\r\nX-A: a\r\n\tb\r\n\r\n"),
                Arguments.of("firstHeaderFolded", "GET / HTTP/1.1\r\n Host: x\r\n\r\n"),
                Arguments.of("whitespaceBeforeColon", "GET / HTTP/1.1\r\nHost: x\r\nX-A : a\r\n\r\n"),
                Arguments.of("headerWithoutColon", "GET / HTTP/1.1\r\nHost: x\r\nX-A\r\n\r\n"),
                Arguments.of("headerWithoutName", "GET / HTTP/1.1\r\nHost: x\r\n: a\r\n\r\n"),
                Arguments.of("headerNameThatIsNoToken", "GET / HTTP/1.1\r\nHost: x\r\nX(A): a\r\n\r\n"),
                Arguments.of("bareLineFeedInRequestLine", "GET / HTTP/1.1\nHost: x\r\n\r\n"),
                Arguments.of("bareLineFeedInHeader", "GET / HTTP/1.1\r\nHost: x\nX-A: a\r\n\r\n"),
                Arguments.of("bareLineFeedAtTheEnd", "GET / HTTP/1.1\r\nHost: x\r\n\n"),
                Arguments.of("bareCarriageReturnInHeader", "GET / HTTP/1.1\r\nHost: x\r\nX-A: a\rb\r\n\r\n"),
                Arguments.of("bareCarriageReturnInRequestLine", "GET /\r HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("nulInHeader", "GET / HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n"),
                Arguments.of("controlCharacterInHeader", "GET / HTTP/1.1\r\nHost: x\r\nX-A: a\u0001b\r\n\r\n"),
                Arguments.of("deleteCharacterInHeader", "GET / HTTP/1.1\r\nHost: x\r\nX-A: a\u007fb\r\n\r\n"),
                Arguments.of("nulInTarget", "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("controlCharacterInTarget", "GET /\u0001 HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("targetOutsideAscii", "GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("fragmentInTarget", "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("targetWithoutSlash", "GET echo HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("absoluteTargetOfAnotherScheme", "GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("absoluteTargetWithUserInfo", "GET http://me@x/ HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("asteriskWithGet", "GET * HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("twoSpaces", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("tabInRequestLine", "GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("spaceAtTheEndOfTheRequestLine", "GET / HTTP/1.1 \r\nHost: x\r\n\r\n"),
                Arguments.of("spaceBeforeTheMethod", " GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("methodThatIsNoToken", "G@T / HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("noVersion", "GET /\r\nHost: x\r\n\r\n"),
                Arguments.of("version09", "GET / HTTP/0.9\r\nHost: x\r\n\r\n"),
                Arguments.of("version12", "GET / HTTP/1.2\r\nHost: x\r\n\r\n"),
                Arguments.of("version2", "GET / HTTP/2.0\r\nHost: x\r\n\r\n"),
                Arguments.of("lowerCaseVersion", "GET / http/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of("anotherProtocol", "GET / RTSP/1.0\r\nHost: x\r\n\r\n"),
                Arguments.of("missingHost", "GET / HTTP/1.1\r\n\r\n"),
                Arguments.of("twoHosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
                Arguments.of("sameHostTwice", "GET / HTTP/1.1\r\nHost: x\r\nhost: x\r\n\r\n"),
                Arguments.of("hostWithSlash", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n"),
                Arguments.of("hostWithUserInfo", "GET / HTTP/1.1\r\nHost: a@x\r\n\r\n"),
                Arguments.of("listOfHosts", "GET / HTTP/1.1\r\nHost: x, y\r\n\r\n"),
                Arguments.of("chunkedInHttp10", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("gzipAsTheOnlyTransferCoding", post + "Transfer-Encoding: gzip\r\n\r\n"),
                Arguments.of("chunkedBeforeAnotherCoding", post + "Transfer-Encoding: chunked, gzip\r\n\r\n"),
                Arguments.of("chunkedTwice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("hiddenChunked", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("chunkSizeOfLetters", chunked + "xyz\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("chunkSizeWithPrefix", chunked + "0x3\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("negativeChunkSize", chunked + "-3\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("chunkSizeWithSign", chunked + "+3\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("chunkSizeBeyondInt", chunked + "fffffffff\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("emptyChunkSize", chunked + "\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("chunkWithoutLineEnd", chunked + "3\r\nabcd\r\n0\r\n\r\n"),
                Arguments.of("chunkSizeEndedByBareLineFeed", chunked + "3\nabc\r\n0\r\n\r\n"),
                Arguments.of("chunkEndedByBareLineFeed", chunked + "3\r\nabc\n0\r\n\r\n"),
                Arguments.of("bareLineFeedInChunkExtension", chunked + "3;a\nb\r\nabc\r\n0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refusesTheSameByteByByte(String what, String request) throws Exception {
        RawClient client = server.client();
        try {
            for (int i = 0; i < request.length(); i++) {
                client.send(request.substring(i, i + 1));
            }
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        } catch (IOException answeredAlready) {
            // A request that is refused early need not be sent to its end.
        }
        assertThat(client.answer().status()).isEqualTo(400);
    }

    @Test
    void refusesALongRequestLineWith414() throws IOException {
        RawClient client = server.client().send("GET /" + "a".repeat(200) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(414);
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void refusesAnEndlessRequestLineWith414() throws IOException {
        assertThat(server.client().send("GET /" + "a".repeat(2000)).answer().status())
                .isEqualTo(414);
    }

    @Test
    void refusesALongHeaderSectionWith431() throws IOException {
        RawClient client = server.client().send("GET / HTTP/1.1\r\nHost: x\r\nX-A: " + "a".repeat(400) + "\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(431);
        assertThat(client.rest()).isEmpty();
        assertThat(server.refused("too_large")).isEqualTo(1);
    }

    @Test
    void refusesManyHeadersWith431() throws IOException {
        String many = "X-A: a\r\n".repeat(100);
        assertThat(server.client()
                        .send("GET / HTTP/1.1\r\nHost: x\r\n" + many + "\r\n")
                        .answer()
                        .status())
                .isEqualTo(431);
    }

    @Test
    void refusesAnotherTransferCodingWith501() throws IOException {
        RawClient client = server.client()
                .send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(501);
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void refusesConnectWith501() throws IOException {
        assertThat(server.client()
                        .send("CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n")
                        .answer()
                        .status())
                .isEqualTo(501);
    }

    @Test
    void answersWhatIsWellFormed() throws IOException {
        RawClient client = server.client();
        for (String request : new String[] {
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "\r\nGET / HTTP/1.1\r\nhost: x:8080\r\n\r\n",
            "GET /?a=b HTTP/1.1\r\nHost: [::1]:80\r\nX-Empty:\r\nX-Latin: \u00e9\r\nX-Trailing: a \t\r\n\r\n",
            "GET http://x/ HTTP/1.1\r\nHost: y\r\n\r\n",
            "GET http://x HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost:\r\n\r\n"
        }) {
            RawClient.Answer answer = client.send(request).answer();
            assertThat(answer.status()).as(request).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("fine");
        }
    }

    @Test
    void takesChunksWithExtensionsAndTrailers() throws IOException {
        RawClient.Answer answer = server.client()
                .send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3;name=value\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Trailer: t\r\n\r\n")
                .answer();
        assertThat(answer.text()).isEqualTo("abc0123456789");
    }

    @Test
    void seesTheAuthorityOfAnAbsoluteTargetBeforeHost() throws IOException {
        server.paths.at("/who", x -> Response.text(x.authority() + " " + x.target()));
        RawClient.Answer answer = server.client()
                .send("GET http://real:81/who?q HTTP/1.1\r\nHost: other\r\n\r\n")
                .answer();
        assertThat(answer.text()).isEqualTo("real:81 /who?q");
    }
}
