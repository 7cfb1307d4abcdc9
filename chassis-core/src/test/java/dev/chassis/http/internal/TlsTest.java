package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path directory;

    private static KeyStore store;

    private TestServer server;

    @BeforeAll
    static void makeKey() throws Exception {
        store = keyStore();
    }

    @BeforeEach
    void start() throws Exception {
        Path certificate = pem("CERTIFICATE", store.getCertificate("own").getEncoded());
        Path key = pem("PRIVATE KEY", store.getKey("own", PASSWORD).getEncoded());
        server = new TestServer("tls.certificate", certificate.toString(), "tls.private-key", key.toString());
        server.paths.at("/", x -> Response.text(x.scheme()));
        server.paths.at("/long", x -> Response.bytes("application/octet-stream", new byte[3_000_000]));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void servesOverTlsAndSaysGoodbye() throws Exception {
        try (SSLSocket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answers).containsPattern("(?s)200 OK.*\r\n\r\nhttpsHTTP/1.1 200 OK.*\r\n\r\nhttps$");
        }
        await().until(() -> server.http.inFlight() == 0 && server.connections() == 0);
    }

    @Test
    void upgradesInsideTls() throws Exception {
        server.paths.at("/up", x -> Response.upgrade(new EchoUpgrade(1)));
        try (SSLSocket socket = connect()) {
            send(socket, "GET /up HTTP/1.1\r\nHost: x\r\n\r\nearly");
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\nearly") < 0) {
                int next = in.read();
                assertThat(next).as("the answer so far: %s", answer).isNotNegative();
                answer.append((char) next);
            }
            assertThat(answer).startsWith("HTTP/1.1 101 ");
            send(socket, "later");
            assertThat(new String(in.readNBytes(5), StandardCharsets.US_ASCII)).isEqualTo("later");
        }
        await().until(() -> server.connections() == 0);
    }

    @Test
    void sendsLongAnswersWholeAndDrains() throws Exception {
        try (SSLSocket socket = connect()) {
            send(socket, "GET /long HTTP/1.1\r\nHost: x\r\n\r\n");
            InputStream in = socket.getInputStream();
            assertThat(in.readNBytes(1_000_000)).hasSize(1_000_000);
            var drained = server.http.drain().toCompletableFuture();
            assertThat(in.readAllBytes().length).isGreaterThan(2_000_000);
            drained.get(20, TimeUnit.SECONDS);
        }
    }

    private SSLSocket connect() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.http.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static KeyStore keyStore() throws Exception {
        Path file = directory.resolve("own.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String command = keytool + " -genkeypair -alias own -keyalg EC -dname CN=own -storetype PKCS12 -storepass "
                + new String(PASSWORD) + " -keystore " + file;
        Process process = new ProcessBuilder(Arrays.asList(command.split(" ")))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static Path pem(String what, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String text = "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
        return Files.writeString(directory.resolve(what.charAt(0) + ".pem"), text);
    }
}
