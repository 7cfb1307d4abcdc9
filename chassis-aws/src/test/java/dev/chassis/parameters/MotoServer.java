package dev.chassis.parameters;

import dev.chassis.testing.Require;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * An emulator of AWS of a test's own: the moto server, a real process on a free port of the loopback interface, which speaks the protocols of
 * AWS over HTTP and keeps everything in memory. It ends with {@link #close}, and in any case with this JVM.
 *
 * <p>The program is {@code python3 -m moto.server} (pip install 'moto[server]'). Where it is not installed the test is skipped and says
 * so; it fails instead where the environment says {@code CHASSIS_REQUIRE_SERVERS=true}. It accepts any credentials.
 *
 * <p>Thread-safe.
 */
final class MotoServer implements AutoCloseable {

    /** A shell beside it reads from us, and kills it when nothing more can come. */
    private static final String SCRIPT =
            "exec 3<&0; python3 -m moto.server -H 127.0.0.1 -p \"$1\" >/dev/null 2>&1 3<&- & server=$!;"
                    + " echo $server; (read -r end <&3; kill -9 $server) >/dev/null 2>&1 & wait $server";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final Process shell;
    private final int port;

    private MotoServer(Process shell, int port) {
        this.shell = shell;
        this.port = port;
    }

    /** Starts one. Returns when it answers. */
    static MotoServer start() {
        try {
            Require.program(new ProcessBuilder("python3", "-c", "import moto.server"));
            int port = freePort();
            Process shell = new ProcessBuilder("sh", "-c", SCRIPT, "sh", Integer.toString(port))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader output = shell.inputReader(StandardCharsets.UTF_8);
            output.readLine();
            MotoServer server = new MotoServer(shell, port);
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Where it is: {@code http://127.0.0.1:port}, for every service of AWS. */
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Forgets everything. */
    void reset() {
        if (status("POST", "/moto-api/reset") != OK) {
            throw new IllegalStateException("moto on port " + port + " does not reset");
        }
    }

    /** Kills it. Returns when it is gone. Idempotent. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already.
        }
        shell.onExit().orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void awaitReady() {
        try {
            Awaitility.await()
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !shell.isAlive() || status("GET", "/moto-api/data.json") == OK);
        } catch (ConditionTimeoutException e) {
            close();
            throw new IllegalStateException("moto does not answer after " + START_LIMIT, e);
        }
        if (!shell.isAlive()) {
            throw new IllegalStateException("moto ended while it started (expected: python3 -m moto.server runs)");
        }
    }

    /** 0 while nobody answers. */
    private int status(String method, String path) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) endpoint().resolve(path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod(method);
            connection.setConnectTimeout((int) START_LIMIT.toMillis());
            connection.setReadTimeout((int) START_LIMIT.toMillis());
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
