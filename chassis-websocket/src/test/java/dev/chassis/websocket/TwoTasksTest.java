package dev.chassis.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.testing.RedisServer;
import dev.chassis.testing.websocket.WebSocketTestClient;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of a service, and a Redis that is killed in between. */
class TwoTasksTest {

    private static final int MESSAGES = 300;

    @TempDir
    Path directory;

    @Test
    void noTaskBlocksTheGapIsNoticedAndSessionsAreToldToFetchTheirState() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Task one = new Task(redis, directory.resolve("one.log").toFile());
                Task other = new Task(redis, directory.resolve("other.log").toFile());
                WebSocketTestClient here = one.connect();
                WebSocketTestClient there = other.connect()) {
            here.sendText("before");
            assertThat(here.receiveText()).isEqualTo("before");
            assertThat(there.receiveText()).isEqualTo("before");
            redis.kill();
            for (int i = 0; i < MESSAGES; i++) {
                here.sendText("message " + i);
                assertThat(here.receiveText()).isEqualTo("message " + i);
            }
            Sockets.await("one says so").until(() -> one.health().contains("other tasks:"));
            redis.restart();
            assertThat(readUntil(there, "{\"type\":\"resync\",\"topic\":\"scores\"}"))
                    .doesNotHaveDuplicates();
            Sockets.await("all is well").until(() -> !one.health().contains("other tasks:"));
            there.sendText("after");
            assertThat(readUntil(there, "after")).doesNotHaveDuplicates();
            assertThat(here.receiveText()).isEqualTo("after");
        }
    }

    private static List<String> readUntil(WebSocketTestClient client, String last) {
        List<String> seen = new ArrayList<>();
        do {
            seen.add(client.receiveText());
        } while (!seen.get(seen.size() - 1).equals(last));
        return seen;
    }

    /** A process. */
    private static final class Task implements AutoCloseable {

        private final int port = freePort();
        private final int admin = freePort();
        private final Process process;

        Task(RedisServer redis, File log) throws IOException {
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    TaskMain.class.getName(),
                    "--chassis.http.port=" + port,
                    "--chassis.admin.port=" + admin,
                    "--chassis.redis.url=" + redis.url(),
                    "--chassis.redis.reconnect-max=200ms",
                    "--chassis.redis.command-timeout=1s",
                    "--chassis.websocket.messages-per-second=0");
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            Sockets.await("the service is ready")
                    .ignoreExceptions()
                    .until(() -> get("/readyz").statusCode() == 200);
        }

        /** Returns when the session has joined. */
        WebSocketTestClient connect() {
            WebSocketTestClient client = WebSocketTestClient.to(URI.create("ws://127.0.0.1:" + port + "/live"))
                    .timeout(Sockets.PATIENCE)
                    .connect();
            assertThat(client.receiveText()).isEqualTo("welcome");
            return client;
        }

        String health() throws Exception {
            return get("/health").body();
        }

        private java.net.http.HttpResponse<String> get(String path) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + path))
                    .build();
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }

        @Override
        public void close() throws Exception {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
