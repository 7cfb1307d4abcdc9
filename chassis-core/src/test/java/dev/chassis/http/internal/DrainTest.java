package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.chassis.http.Response;
import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainTest {

    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch began = new CountDownLatch(1);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        server.paths.at("/", x -> Response.text("fine"));
        server.paths.at("/loop", x -> Response.text("loop")).eventLoop();
        server.paths.at("/health", x -> Response.text("well")).eventLoop().unsheddable();
        server.paths.at("/slow", x -> {
            began.countDown();
            go.await(20, TimeUnit.SECONDS);
            return Response.text("slow");
        });
    }

    @AfterEach
    void stop() throws Exception {
        go.countDown();
        server.close();
    }

    private CompletableFuture<Void> drain() {
        return server.http.drain().toCompletableFuture();
    }

    @Test
    void announcesWithConnectionCloseAndStillServes() throws Exception {
        RawClient worker = server.client();
        RawClient loop = server.client();
        assertThat(worker.get("/").answer().headers("connection")).isEmpty();
        assertThat(loop.get("/loop").answer().headers("connection")).isEmpty();
        server.http.announce();
        server.http.announce();
        for (RawClient.Answer answer :
                List.of(worker.get("/").answer(), loop.get("/loop").answer())) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("connection")).isEqualTo("close");
        }
        assertThat(worker.isAtEnd()).isTrue();
        assertThat(loop.isAtEnd()).isTrue();
        assertThat(server.client().get("/").answer().status()).isEqualTo(200);
    }

    @Test
    void completesAtOnceWhenIdle() throws Exception {
        RawClient idle = server.client();
        idle.get("/").answer();
        drain().get(20, TimeUnit.SECONDS);
        assertThat(idle.isAtEnd()).isTrue();
        assertThatThrownBy(server::client).isInstanceOf(ConnectException.class);
        assertThat(drain()).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void finishesTheRequestInFlightAndWhatItsClientSends() throws Exception {
        RawClient client = server.client().get("/slow");
        began.await();
        CompletableFuture<Void> drained = drain();
        assertThatThrownBy(() -> connectUntilRefused()).isInstanceOf(ConnectException.class);
        assertThat(drained).isNotDone();
        assertThat(server.http.inFlight()).isEqualTo(1);
        go.countDown();
        RawClient.Answer answer = client.answer();
        assertThat(answer.text()).isEqualTo("slow");
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(client.isAtEnd()).isTrue();
        drained.get(20, TimeUnit.SECONDS);
        assertThat(server.http.inFlight()).isZero();
    }

    private void connectUntilRefused() throws IOException {
        while (true) {
            server.client();
        }
    }

    @Test
    void answers503ToARequestThatArrivesOnAFreshConnection() throws Exception {
        RawClient fresh = server.client();
        await().until(() -> server.connections() == 1);
        drain().get(20, TimeUnit.SECONDS);
        RawClient.Answer answer = fresh.get("/").answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(answer.header("retry-after")).isNotEmpty();
        assertThat(fresh.isAtEnd()).isTrue();
        assertThat(server.refused("draining")).isEqualTo(1);
    }

    @Test
    void answers503ToARequestWhoseHeadWasHalfThere() throws Exception {
        RawClient client = server.client().send("GET / HTTP/1.1\r\nHost");
        await().until(() -> server.connections() == 1);
        server.client().get("/loop").answer();
        drain().get(20, TimeUnit.SECONDS);
        assertThat(client.send(": x\r\n\r\n").answer().status()).isEqualTo(503);
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void stillAnswersProbes() throws Exception {
        RawClient fresh = server.client();
        await().until(() -> server.connections() == 1);
        drain().get(20, TimeUnit.SECONDS);
        RawClient.Answer answer = fresh.get("/health").answer();
        assertThat(answer.text()).isEqualTo("well");
        assertThat(answer.header("connection")).isEqualTo("close");
    }

    @Test
    void answersTheFirstOfPipelinedRequestsAndEndsWithoutReset() throws Exception {
        RawClient client = server.client().get("/slow").get("/").get("/");
        began.await();
        CompletableFuture<Void> drained = drain();
        go.countDown();
        RawClient.Answer answer = client.answer();
        assertThat(answer.text()).isEqualTo("slow");
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(client.rest()).isEmpty(); // an end, not a reset: the others may be sent again elsewhere
        drained.get(20, TimeUnit.SECONDS);
    }

    @Test
    void waitsForTheBytesOfAnAnswerNotOnlyForItsHandler() throws Exception {
        byte[] huge = new byte[30_000_000];
        server.paths.at("/huge", x -> Response.bytes("application/octet-stream", huge));
        try (RawClient slow = new RawClient(server.http.port(), 4096)) {
            slow.get("/huge");
            assertThat(slow.head()).contains("200 OK");
            CompletableFuture<Void> drained = drain();
            assertThat(drained).isNotDone();
            assertThat(server.http.inFlight()).isEqualTo(1);
            byte[] some = new byte[1 << 16];
            long total = 0;
            for (int n = slow.read(some); n >= 0; n = slow.read(some)) {
                total += n;
            }
            assertThat(total).isEqualTo(huge.length);
            drained.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void resetsNobodyUnderLoad() throws Exception {
        List<AtomicInteger> served =
                Stream.generate(AtomicInteger::new).limit(32).toList();
        AtomicInteger resets = new AtomicInteger();
        List<Thread> loads = new ArrayList<>();
        for (AtomicInteger each : served) {
            Thread load = new Thread(() -> loadUntilTold(each, resets));
            load.start();
            loads.add(load);
        }
        await().until(() -> served.stream().allMatch(each -> each.get() > 10));
        server.http.announce();
        // The next answer of each may have been on its way; the one after that says that it is the last.
        List<Integer> before = served.stream().map(AtomicInteger::get).toList();
        await().until(() -> IntStream.range(0, 32).allMatch(i -> served.get(i).get() >= before.get(i) + 2));
        CompletableFuture<Void> drained = drain();
        for (Thread load : loads) {
            load.join(20_000);
            assertThat(load.isAlive()).isFalse();
        }
        drained.get(20, TimeUnit.SECONDS);
        server.http.stop(Deadline.after(Duration.ofSeconds(10)));
        assertThat(resets).hasValue(0);
    }

    /** Ends when it is refused a connection or told 503; an answer cut short is a reset. */
    private void loadUntilTold(AtomicInteger served, AtomicInteger resets) {
        boolean told = false;
        while (!told) {
            try (RawClient client = new RawClient(server.http.port())) {
                told = useUntilClosed(client, served);
            } catch (ConnectException refused) {
                told = true;
            } catch (IOException broken) {
                resets.incrementAndGet();
                told = true;
            }
        }
    }

    private static boolean useUntilClosed(RawClient client, AtomicInteger served) throws IOException {
        while (true) {
            RawClient.Answer answer = client.get("/").answer();
            if (answer.status() == 503) {
                return true;
            }
            served.incrementAndGet();
            if (answer.header("connection").equals("close")) {
                return false;
            }
        }
    }

    @Test
    void stopsWithinItsDeadlineAndAbortsWhatIsLeft() throws Exception {
        RawClient client = server.client().get("/slow");
        began.await();
        server.http.stop(Deadline.after(Duration.ofSeconds(10)));
        assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
        await().until(() -> server.http.inFlight() == 0);
        server.http.stop(Deadline.after(Duration.ofSeconds(10)));
    }

    @Test
    void remembersWhenTheLastRequestArrived() throws Exception {
        assertThat(server.http.quietFor()).isEqualTo(Component.NO_TRAFFIC);
        server.client().get("/health").answer();
        assertThat(server.http.quietFor()).isLessThan(Duration.ofSeconds(20));
    }
}
