package dev.chassis.parameters;

import dev.chassis.testing.GuardedProcess;
import dev.chassis.testing.Require;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An emulator of AWS of a test's own: the moto server, a real process on a free port of the loopback interface, which speaks the protocols of
 * AWS over HTTP and keeps everything in memory. It ends with {@link #close}, and in any case with this JVM.
 *
 * <p>The program is {@code python3 -m moto.server} (pip install 'moto[server]'). Where it is not installed the test is skipped and says
 * so; it fails instead where the environment says {@code CHASSIS_REQUIRE_SERVERS=true}. It accepts any credentials.
 *
 * <p>Thread-safe.
 */
public final class MotoServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final int OK = 200;

    private final GuardedProcess process;
    private final int port;

    private MotoServer(GuardedProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one. Returns when it answers. */
    public static MotoServer start() {
        try {
            Require.program(new ProcessBuilder("python3", "-c", "import moto.server"));
            int port = freePort();
            MotoServer server = new MotoServer(GuardedProcess.start(command(port), HERE), port);
            server.process.awaitReady(server::answers, START_LIMIT, () -> "");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Where it is: {@code http://127.0.0.1:port}, for every service of AWS. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Forgets everything. */
    public void reset() {
        if (status("POST", "/moto-api/reset") != OK) {
            throw new IllegalStateException("moto on port " + port + " does not reset");
        }
    }

    /** Kills it. Returns when it is gone. Idempotent. */
    @Override
    public void close() {
        process.close();
    }

    private boolean answers() {
        return status("GET", "/moto-api/data.json") == OK;
    }

    private static List<String> command(int port) {
        return List.of("python3", "-m", "moto.server", "-H", "127.0.0.1", "-p", Integer.toString(port));
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
