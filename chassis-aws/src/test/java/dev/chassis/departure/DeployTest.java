package dev.chassis.departure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.ecs.EcsMetadata;
import dev.chassis.testing.RedisServer;
import dev.chassis.testing.websocket.Received;
import dev.chassis.testing.websocket.WebSocketTestClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A deployment as ECS does it, with two processes: the task is taken out of its target group and ECS says so, its connections are cut at the end of
 * the deregistration delay, and only then comes SIGTERM.
 */
@Timeout(300)
class DeployTest {

    private static final int CLIENTS = 30;

    /** What an interval of 1 s and a time-out of 1 s need to notice, and 4 s to move. */
    private static final int DELAY_SECONDS = 12;

    private static final Pattern RETRY = Pattern.compile("\\{\"retryMs\":(\\d+)}");
    private static final Pattern TOKEN = Pattern.compile("\"type\":\"resume\".*\"token\":\"([^\"]+)\"");

    @TempDir
    Path directory;

    private final Queue<Integer> codes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void nobodyIsCutEverybodyMovesAndNothingIsMissed() throws Exception {
        try (FakeEcs ecs = new FakeEcs();
                RedisServer redis = RedisServer.start();
                Task leaving = new Task("leaving", redis, ecs);
                Task staying = new Task("staying", redis, null);
                FakeBalancer balancer = new FakeBalancer(leaving.port)) {
            List<Client> clients = begin(balancer, staying);

            balancer.register(staying.port);
            ecs.says("DEACTIVATING", "STOPPED", "Scaling activity initiated by (deployment ecs-svc/2)");
            TimeUnit.SECONDS.sleep(DELAY_SECONDS);
            assertThat(balancer.connections(leaving.port)).isZero();
            assertThat(balancer.cut(leaving.port)).isZero();
            assertThat(leaving.status("/readyz")).isEqualTo(200);
            String drained = leaving.terminate();

            end(clients);
            assertThat(codes).hasSize(CLIENTS).containsOnly(1012);
            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.heard)
                            .hasSize(published.get())
                            .last()
                            .isEqualTo(published.get()));
            assertThat(clients).allSatisfy(client -> assertThat(client.resyncs).hasValue(0));
            assertThat(drained)
                    .contains("\"event\":\"departure\"", "\"last_status\":\"DEACTIVATING\"")
                    .contains("event=websocket_moving component=websocket sessions=" + CLIENTS)
                    .contains("moved=" + CLIENTS + " sessions=0 drained=0 forced=0")
                    .contains("\"verdict\":\"clean\"");
        }
    }

    /** What happens without: the test above can fail. */
    @Test
    void withoutTheWatchTheBalancerCutsThemAll() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Task leaving = new Task("leaving", redis, null);
                Task staying = new Task("staying", redis, null);
                FakeBalancer balancer = new FakeBalancer(leaving.port)) {
            List<Client> clients = begin(balancer, staying);
            balancer.register(staying.port);
            assertThat(balancer.cut(leaving.port)).isEqualTo(CLIENTS);
            leaving.terminate();
            end(clients);
            assertThat(codes).hasSize(CLIENTS).containsOnly(1006);
        }
    }

    private List<Client> begin(FakeBalancer balancer, Task staying) {
        List<Client> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new Client(balancer.port()))
                .toList();
        clients.forEach(client -> client.thread.start());
        Awaitility.await("everybody")
                .atMost(DepartureWatchTest.PATIENCE)
                .until(() -> clients.stream().allMatch(client -> client.welcomes.get() == 1));
        Thread publishing = new Thread(() -> publish(staying), "publishing");
        publishing.setDaemon(true);
        publishing.start();
        Awaitility.await("a token for everybody")
                .atMost(DepartureWatchTest.PATIENCE)
                .until(() -> clients.stream().noneMatch(client -> client.token.isEmpty()));
        return clients;
    }

    private void publish(Task staying) {
        try (WebSocketTestClient speaker = client(staying.port)) {
            while (!over.get()) {
                speaker.sendText("say " + (published.get() + 1));
                published.incrementAndGet();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            LockSupport.parkNanos(Long.MAX_VALUE); // what was sent last may be on its way
        }
    }

    /** Returns when everybody is back and has heard the last message. */
    private void end(List<Client> clients) {
        Awaitility.await("everybody is back")
                .atMost(DepartureWatchTest.PATIENCE)
                .until(() -> clients.stream().allMatch(client -> client.welcomes.get() == 2));
        over.set(true);
        Awaitility.await("the last message")
                .atMost(DepartureWatchTest.PATIENCE)
                .until(() -> clients.stream().allMatch(client -> client.heard.contains(published.get())));
    }

    private static WebSocketTestClient client(int port) {
        return WebSocketTestClient.to(URI.create("ws://127.0.0.1:" + port + "/live"))
                .timeout(DepartureWatchTest.PATIENCE)
                .connect();
    }

    /** One that comes back when it is told to, with its last token. */
    private final class Client implements Runnable {

        private final int port;
        private final Thread thread = new Thread(this, "client");
        private final Set<Integer> heard = new ConcurrentSkipListSet<>();
        private final AtomicInteger welcomes = new AtomicInteger();
        private final AtomicInteger resyncs = new AtomicInteger();
        private volatile String token = "";

        Client(int port) {
            this.port = port;
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            while (!over.get()) {
                try (WebSocketTestClient socket = client(port)) {
                    socket.sendText(token.isEmpty() ? "join" : "resume " + token);
                    Received end = listen(socket);
                    codes.add(end.closeCode());
                    Matcher retry = RETRY.matcher(end.closeReason());
                    LockSupport.parkNanos(
                            TimeUnit.MILLISECONDS.toNanos(retry.matches() ? Long.parseLong(retry.group(1)) : 100));
                }
            }
        }

        private Received listen(WebSocketTestClient socket) {
            while (true) {
                Received received = socket.receiveAny();
                if (received.kind() != Received.Kind.TEXT) {
                    return received;
                }
                String text = received.text();
                Matcher told = TOKEN.matcher(text);
                if (told.find()) {
                    token = told.group(1);
                } else if (text.equals("welcome")) {
                    welcomes.incrementAndGet();
                } else if (text.contains("resync")) {
                    resyncs.incrementAndGet();
                } else {
                    heard.add(Integer.parseInt(text));
                }
            }
        }
    }

    /** A process. */
    private final class Task implements AutoCloseable {

        private final int port = freePort();
        private final int admin = freePort();
        private final Path log;
        private final Process process;

        Task(String name, RedisServer redis, @Nullable FakeEcs ecs) throws IOException {
            log = directory.resolve(name + ".log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Daws.accessKeyId=test",
                    "-Daws.secretAccessKey=test",
                    "-cp",
                    System.getProperty("java.class.path"),
                    SocketTask.class.getName(),
                    "--chassis.log.format=json",
                    "--chassis.http.port=" + port,
                    "--chassis.admin.port=" + admin,
                    "--chassis.redis.url=" + redis.url(),
                    "--chassis.drain.announce=5s",
                    "--chassis.platform.deregistration-delay=" + DELAY_SECONDS + "s",
                    "--chassis.http.request-timeout=5s",
                    "--chassis.websocket.signing-key=0123456789abcdef0123456789abcdef",
                    "--chassis.websocket.reconnect-spread=3s",
                    "--chassis.departure.interval=1s",
                    "--chassis.departure.timeout=1s",
                    "--chassis.departure.window=4s"));
            if (ecs != null) {
                command.add("--chassis.departure.endpoint=" + ecs.endpoint());
            }
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            if (ecs != null) {
                builder.environment().put(EcsMetadata.VARIABLE, ecs.metadata());
            }
            process = builder.start();
            Awaitility.await(name + " is ready")
                    .atMost(DepartureWatchTest.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> status("/readyz") == 200);
        }

        int status(String path) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + path))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
        }

        /** SIGTERM. Returns what it has logged. */
        String terminate() throws Exception {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(log);
            assertThat(process.exitValue()).as(said).isZero();
            return said.lines().collect(Collectors.joining("\n"));
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws Exception {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
