package dev.chassis.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.Service;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.websocket.HandshakeResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A task with thousands of sessions leaves: nobody loses what was queued, and nobody comes back at the same time as everybody. */
class HerdTest {

    private static final int SESSIONS = 5000;
    private static final long SPREAD_MILLIS = 12_000;
    private static final int BUCKETS = 12;
    private static final int NOT_LISTENING = -1;

    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Long> arrivals = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("NullAway.Init") // by the assembly, before any test
    private WebSockets leaving;

    @RegisterExtension
    final ChassisExtension first = service("first-task", this::assembleFirst)
            .config("chassis.websocket.drain-window", "6s")
            .config("chassis.websocket.reconnect-spread", SPREAD_MILLIS + "ms")
            .config("chassis.drain.budget", "60s");

    @RegisterExtension
    final ChassisExtension second = service("second-task", this::assembleSecond);

    private static ChassisExtension service(String name, Consumer<Service> assembly) {
        return ChassisExtension.of(name, assembly)
                .config("chassis.websocket.max-sessions-per-address", "0")
                .config("chassis.http.max-queued", "10000")
                .config("chassis.http.queue-timeout", "30s");
    }

    @Test
    void fiveThousandSessionsLeaveWithoutLossAndComeBackSpread() throws Exception {
        try (Crowd crowd =
                new Crowd(SESSIONS, first.service().port(), second.service().port())) {
            Sockets.await("everybody").until(() -> sessions.size() == SESSIONS && crowd.open.get() == SESSIONS);
            AtomicLong queued = new AtomicLong();
            Thread sending = new Thread(() -> sendUntilAllAreClosed(queued), "sending");
            sending.start();
            long began = System.nanoTime();
            var report = first.service().drain("SIGTERM").toCompletableFuture();
            Sockets.await("the announcement").until(() -> !leaving.isAccepting());
            HandshakeResponse late = attempt();
            sending.join(TimeUnit.MINUTES.toMillis(2));
            DrainReport done = report.get(2, TimeUnit.MINUTES);
            Sockets.await("everybody at the second task").until(() -> crowd.returned.get() == SESSIONS);

            assertThat(done.abandoned()).isEmpty();
            assertThat(late.status()).isIn(503, NOT_LISTENING);
            assertThat(crowd.restarts).hasValue(SESSIONS);
            assertThat(crowd.otherEnds).hasValue(0);
            assertThat(queued.get()).isGreaterThan(SESSIONS);
            assertThat(crowd.messages).hasValue(queued.get());
            assertThat(leaving.meters().drainedCount()).isEqualTo(SESSIONS);
            assertThat(leaving.meters().forcedCount()).isZero();
            assertSpread(began);
        }
    }

    private HandshakeResponse attempt() {
        try {
            return Sockets.to(first, "/crowd").attempt();
        } catch (AssertionError | RuntimeException listenerClosed) {
            return new HandshakeResponse(NOT_LISTENING, Map.of());
        }
    }

    /** Says something to everybody again and again, and counts what was accepted. */
    private void sendUntilAllAreClosed(AtomicLong queued) {
        Set<Session> left = ConcurrentHashMap.newKeySet();
        left.addAll(sessions);
        while (!left.isEmpty()) {
            Message message = Message.text("score");
            for (Session session : left) {
                SendResult result = session.send(message);
                if (result == SendResult.QUEUED) {
                    queued.incrementAndGet();
                } else {
                    assertThat(result).isEqualTo(SendResult.CLOSED);
                    left.remove(session);
                }
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private void assertSpread(long began) {
        assertThat(arrivals).hasSize(SESSIONS);
        long firstArrival = arrivals.stream().mapToLong(Long::longValue).min().orElseThrow();
        int[] histogram = new int[BUCKETS];
        for (long arrival : arrivals) {
            long millis = TimeUnit.NANOSECONDS.toMillis(arrival - firstArrival);
            histogram[(int) Math.min(BUCKETS - 1, millis * BUCKETS / (SPREAD_MILLIS * 5 / 6))]++;
        }
        int mean = SESSIONS / BUCKETS;
        String shown = Arrays.stream(histogram).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        System.out.println("reconnects, twelve buckets: " + shown + "; mean " + mean + "; the first after "
                + TimeUnit.NANOSECONDS.toMillis(firstArrival - began) + " ms");
        assertThat(Arrays.stream(histogram).max().orElseThrow()).as(shown).isLessThanOrEqualTo(2 * mean);
    }

    private void assembleFirst(Service parts) {
        leaving = parts.add(WebSockets.from(parts));
        parts.http(routes -> routes.get("/crowd", leaving.text(new WebSocketHandler<>() {
            @Override
            public Reply onOpen(Session session) {
                sessions.add(session);
                return Reply.none();
            }

            @Override
            public Reply onMessage(Session session, String message) {
                return Reply.none();
            }
        })));
    }

    private void assembleSecond(Service parts) {
        WebSockets sockets = parts.add(WebSockets.from(parts));
        parts.http(routes -> routes.get("/crowd", sockets.text(new WebSocketHandler<>() {
            @Override
            public Reply onOpen(Session session) {
                arrivals.add(System.nanoTime());
                return Reply.none();
            }

            @Override
            public Reply onMessage(Session session, String message) {
                return Reply.none();
            }
        })));
    }
}
