package dev.chassis.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chassis.Service;
import dev.chassis.http.Response;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.websocket.Received;
import dev.chassis.testing.websocket.WebSocketTestClient;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions that leave before their task does, over real sockets. */
class MoveAwayTest {

    private static final int SESSIONS = 2000;
    private static final String RETRY = "\\{\"retryMs\":\\d+}";

    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger handling = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // by the assembly, before any test
    private WebSockets sockets;

    @RegisterExtension
    final ChassisExtension task = ChassisExtension.of("leaving-task", this::assemble)
            .config("chassis.websocket.max-sessions-per-address", "0")
            .config("chassis.websocket.drain-window", "1s")
            .config("chassis.websocket.reconnect-spread", "4s")
            .config("chassis.http.max-queued", "10000")
            .config("chassis.http.queue-timeout", "30s");

    @RegisterExtension
    final ChassisExtension other = ChassisExtension.of("other-task", this::assembleOther)
            .config("chassis.websocket.max-sessions-per-address", "0")
            .config("chassis.http.max-queued", "10000")
            .config("chassis.http.queue-timeout", "30s");

    @Test
    void everybodyMovesWithWhatWasQueuedWhileTheTaskServesOn() throws Exception {
        try (Crowd crowd =
                new Crowd(SESSIONS, task.service().port(), other.service().port())) {
            Sockets.await("everybody").until(() -> sessions.size() == SESSIONS && crowd.open.get() == SESSIONS);
            AtomicLong queued = new AtomicLong();
            Thread sending = new Thread(() -> sendUntilAllAreClosed(queued), "sending");
            sending.start();
            sockets.moveAway(Duration.ofSeconds(4));
            sockets.moveAway(Duration.ZERO);
            assertServesWhileTheyLeave();
            sending.join(TimeUnit.MINUTES.toMillis(2));
            Sockets.await("everybody at the other task").until(() -> crowd.returned.get() == SESSIONS);

            assertThat(crowd.restarts).hasValue(SESSIONS);
            assertThat(crowd.otherEnds).hasValue(0);
            assertThat(crowd.messages).hasValue(queued.get());
            assertThat(queued.get()).isGreaterThan(SESSIONS);
            assertThat(Sockets.metric(task, "chassis_websocket_closes_total{code=\"1012\""))
                    .isEqualTo(SESSIONS);
            assertThat(Sockets.metric(task, "chassis_websocket_drained_total")).isEqualTo(SESSIONS);
            assertThat(task.drain().abandoned()).isEmpty();
            assertThat(sockets.meters().forcedCount()).isZero();
        }
    }

    @Test
    void aSessionWithARunningHandlerIsClosedWhenItIsDone() {
        try (WebSocketTestClient client = Sockets.connect(task, "/held")) {
            client.sendText("x");
            Sockets.await("the message").until(() -> handling.get() == 1);
            sockets.moveAway(Duration.ZERO);
            try (WebSocketTestClient idle = Sockets.connect(task, "/crowd")) {
                assertThat(idle.receive().closeCode()).isEqualTo(1012);
            }
            held.countDown();
            for (String expected : List.of("welcome", "leaving", "handled")) {
                assertThat(client.receiveText()).isEqualTo(expected);
            }
            assertMoved(client.receive());
        }
    }

    @Test
    void aSessionThatComesLaterIsToldToGoOnAtOnce() {
        sockets.moveAway(Duration.ofMinutes(10));
        for (int i = 0; i < 20; i++) {
            try (WebSocketTestClient late = Sockets.connect(task, "/held")) {
                assertThat(late.receiveText()).isEqualTo("welcome"); // by onOpen, which is done first
                assertMoved(late.receive());
            }
        }
        assertThat(sessions).hasSize(20);
    }

    @Test
    void aDrainThatBeginsMeanwhileTakesOverAndLosesNobody() {
        List<WebSocketTestClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(Sockets.connect(task, "/crowd"));
        }
        Sockets.await("everybody").until(() -> sessions.size() == 50);
        sockets.moveAway(Duration.ofMinutes(20));
        assertThat(task.drain().abandoned()).isEmpty();
        for (WebSocketTestClient client : clients) {
            assertMoved(client.receive());
            client.close();
        }
        assertThat(sockets.meters().drainedCount()).isEqualTo(50);
        assertThat(sockets.meters().forcedCount()).isZero();
    }

    @Test
    void sessionsAreToldOnceThatTheTaskLeaves() {
        try (WebSocketTestClient client = Sockets.connect(task, "/held")) {
            assertThat(client.receiveText()).isEqualTo("welcome");
            sockets.moveAway(Duration.ofMinutes(20));
            assertThat(client.receiveText()).isEqualTo("leaving");
            assertThat(task.drain().abandoned()).isEmpty();
            assertMoved(client.receive());
        }
    }

    @Test
    void beforeTheStartAndAfterTheStopItDoesNoHarm() throws Exception {
        WebSockets alone = WebSockets.of("alone", Sockets.config());
        alone.moveAway(Duration.ofSeconds(1));
        alone.start(Deadline.after(Duration.ofSeconds(10)));
        alone.stop(Deadline.after(Duration.ofSeconds(10)));
        alone.moveAway(Duration.ofSeconds(1));
        assertThat(alone.inFlight()).isZero();
        task.drain();
        sockets.moveAway(Duration.ofSeconds(1));
    }

    @Test
    void aWindowIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sockets.moveAway(Duration.ofSeconds(-1)))
                .withMessageContaining("window");
    }

    private static void assertMoved(Received end) {
        assertThat(end.closeCode()).isEqualTo(1012);
        assertThat(end.closeReason()).matches(RETRY);
    }

    private void assertServesWhileTheyLeave() {
        int answers = 0;
        for (int left = sockets.inFlight(); left > 0; left = sockets.inFlight()) {
            assertThat(task.admin().get("/readyz").status()).isEqualTo(200);
            assertThat(task.client().get("/hello").status()).isEqualTo(200);
            answers += left < SESSIONS ? 1 : 0;
        }
        assertThat(answers).as("while some had left and some had not").isGreaterThan(1);
    }

    /** Says something to everybody again and again, and counts what was accepted. */
    private void sendUntilAllAreClosed(AtomicLong queued) {
        Set<Session> left = ConcurrentHashMap.newKeySet();
        left.addAll(sessions);
        while (!left.isEmpty()) {
            Message message = Message.text("score");
            for (Session session : left) {
                if (session.send(message) == SendResult.QUEUED) {
                    queued.incrementAndGet();
                } else {
                    left.remove(session);
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    private void assemble(Service parts) {
        sockets = parts.add(WebSockets.from(parts));
        parts.http(routes -> routes.get("/hello", request -> Response.text("hello"))
                .get("/crowd", sockets.text(new Listening()))
                .get("/held", sockets.text(new Held()).tellOfDrain(Message.text("leaving"))));
    }

    private void assembleOther(Service parts) {
        WebSockets own = parts.add(WebSockets.from(parts));
        parts.http(routes -> routes.get("/crowd", own.text(new WebSocketHandler<>() {
            @Override
            public Reply onMessage(Session session, String message) {
                return Reply.none();
            }
        })));
    }

    private class Listening implements WebSocketHandler<String> {

        @Override
        public Reply onOpen(Session session) {
            sessions.add(session);
            return Reply.none();
        }

        @Override
        public Reply onMessage(Session session, String message) {
            return Reply.none();
        }
    }

    private final class Held extends Listening {

        @Override
        public Reply onOpen(Session session) {
            super.onOpen(session);
            return Reply.text("welcome");
        }

        @Override
        public Reply onMessage(Session session, String message) {
            handling.incrementAndGet();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Reply.text("handled");
        }
    }
}
