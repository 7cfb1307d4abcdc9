package dev.chassis.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.Service;
import dev.chassis.context.Correlation;
import dev.chassis.http.HttpException;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.websocket.HandshakeResponse;
import dev.chassis.testing.websocket.Received;
import dev.chassis.testing.websocket.WebSocketTestClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** What handlers are promised, over real sockets. */
class SessionTest {

    record Order(String item, int count) {}

    record Line(String item) {}

    private static final String SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final Semaphore gate = new Semaphore(0);
    private final AtomicInteger handled = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // by the assembly, before any test
    private WebSockets sockets;

    @RegisterExtension
    final ChassisExtension service = ChassisExtension.of("socket-service", this::assemble)
            .config("chassis.websocket.max-sessions-per-address", "6")
            .config("chassis.websocket.max-sessions-per-user", "2")
            .config("chassis.websocket.authentication-timeout", "1s")
            .config("chassis.websocket.messages-per-second", "1000")
            .config("chassis.websocket.message-burst", "1000")
            .config("chassis.websocket.expiry-warning", "5s")
            .config("chassis.websocket.max-waiting-messages", "4");

    @Test
    void callsTheHandlerInOrderFromOpenToClose() {
        try (WebSocketTestClient client = Sockets.connect(service, "/calls")) {
            for (int i = 0; i < 100; i++) {
                client.sendText("m" + i);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(client.receiveText()).isEqualTo("m" + i);
            }
            client.sendClose(1000, "bye");
            assertThat(client.awaitClose()).isEqualTo(1000);
        }
        Sockets.await("the close").until(() -> calls.contains("close 1000 bye"));
        List<String> expected = new ArrayList<>(List.of("open"));
        for (int i = 0; i < 100; i++) {
            expected.add("m" + i);
        }
        expected.add("close 1000 bye");
        assertThat(calls).containsExactlyElementsOf(expected);
        Sockets.await("the end").until(() -> sockets.inFlight() == 0);
    }

    @Test
    void readsAndWritesJson() {
        try (WebSocketTestClient client = Sockets.connect(service, "/orders/7")) {
            client.sendText("{\"item\":\"ball\",\"count\":2,\"unknown\":true}");
            assertThat(client.receiveText()).isEqualTo("{\"item\":\"7:ball:2\"}");
            client.sendText("{\"item\":\"ball\",\"count\":\"two\"}");
            Received end = client.receive();
            assertThat(end.closeCode()).isEqualTo(1007);
            assertThat(end.closeReason()).contains("$.count");
        }
    }

    @Test
    void closesWith1011WhenAHandlerThrowsAndLogsWhoseItWas() {
        try (WebSocketTestClient client = Sockets.connect(service, "/failing")) {
            client.sendText("x");
            assertThat(client.awaitClose()).isEqualTo(1011);
        }
    }

    @Test
    void closesWith1011WhenThereIsNoJsonForAReplyAndHandlesTheClose() {
        for (String when : List.of("now", "later")) {
            calls.clear();
            try (WebSocketTestClient client = Sockets.connect(service, "/unwritable")) {
                client.sendText(when);
                assertThat(client.awaitClose()).isEqualTo(1011);
            }
            Sockets.await("the close").until(() -> calls.contains("close 1011"));
            Sockets.await("the end").until(() -> sockets.inFlight() == 0);
        }
    }

    @Test
    void refusesMessagesOfTheOtherKind() {
        try (WebSocketTestClient client = Sockets.connect(service, "/calls")) {
            client.sendBinary(new byte[] {1});
            assertThat(client.awaitClose()).isEqualTo(1003);
        }
        try (WebSocketTestClient client = Sockets.connect(service, "/bytes")) {
            client.sendBinary(new byte[] {1, 2});
            assertThat(client.receiveBinary()).containsExactly(1, 2);
            client.sendText("x");
            assertThat(client.awaitClose()).isEqualTo(1003);
        }
    }

    @Test
    void readsNoMoreThanTheLaneHoldsWhileAHandlerBlocks() {
        try (WebSocketTestClient client = Sockets.connect(service, "/blocking")) {
            for (int i = 0; i < 200; i++) {
                client.sendText("m" + i + "x".repeat(8000));
            }
            Sockets.await("the first").until(() -> handled.get() == 1);
            gate.release(200);
            for (int i = 0; i < 200; i++) {
                assertThat(client.receiveText()).startsWith("m" + i + "x");
            }
        }
    }

    @Test
    void waitsForAStageBeforeTheNextMessage() {
        try (WebSocketTestClient client = Sockets.connect(service, "/later")) {
            client.sendText("1");
            client.sendText("2");
            assertThat(client.receiveText()).isEqualTo("1 done");
            assertThat(client.receiveText()).isEqualTo("1 after");
            assertThat(client.receiveText()).isEqualTo("2 done");
        }
    }

    @Test
    void givesEachMessageACorrelationOfItsOwn() {
        try (WebSocketTestClient client = Sockets.to(service, "/ids")
                .with("X-Correlation-Id", "abc")
                .with("traceparent", SAMPLED)
                .connect()) {
            String opened = client.receiveText();
            assertThat(opened).startsWith("abc ");
            String id = opened.substring(4);
            assertThat(id).matches("[0-9a-f]{16}");
            client.sendText("x");
            client.sendText("x");
            assertThat(client.receiveText()).isEqualTo(id + "-1 " + id);
            assertThat(client.receiveText()).isEqualTo(id + "-2 " + id);
            assertThat(client.response().header("x-correlation-id")).contains("abc");
        }
    }

    @Test
    void answersWhatIsNoHandshakeInHttp() {
        assertThat(service.client().get("/calls").status()).isEqualTo(426);
        assertThat(service.client().get("/calls").header("upgrade")).contains("websocket");
        HandshakeResponse old =
                Sockets.to(service, "/calls").with("Sec-WebSocket-Version", "8").attempt();
        assertThat(old.status()).isEqualTo(426);
        assertThat(old.header("sec-websocket-version")).contains("13");
        assertThat(Sockets.to(service, "/calls")
                        .with("Sec-WebSocket-Key", "short")
                        .attempt()
                        .status())
                .isEqualTo(400);
        assertThat(Sockets.to(service, "/orders/abc").attempt().status()).isEqualTo(400);
        assertThat(Sockets.to(service, "/nowhere").attempt().status()).isEqualTo(404);
        assertThat(sockets.inFlight()).isZero();
    }

    @Test
    void letsOwnAndAllowedOriginsInAndNoOthers() {
        int port = service.service().port();
        assertThat(origin("http://127.0.0.1:" + port)).isEqualTo(101);
        assertThat(origin("HTTPS://Partner.example:443")).isEqualTo(101);
        assertThat(origin("http://127.0.0.1:1")).isEqualTo(403);
        assertThat(origin("https://127.0.0.1:" + port)).isEqualTo(403);
        assertThat(origin("https://evil.example")).isEqualTo(403);
        assertThat(origin("null")).isEqualTo(403);
    }

    private int origin(String origin) {
        return Sockets.to(service, "/calls").with("Origin", origin).attempt().status();
    }

    @Test
    void agreesOnASubprotocol() {
        try (WebSocketTestClient client =
                Sockets.to(service, "/versions").subprotocols("v1", "v2").connect()) {
            assertThat(client.response().header("sec-websocket-protocol")).contains("v2");
        }
        assertThat(Sockets.to(service, "/versions").subprotocols("v9").attempt().status())
                .isEqualTo(400);
    }

    @Test
    void refusesMoreSessionsOfAnAddressThanAllowedAndForgetsThoseThatAreOver() {
        List<WebSocketTestClient> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            clients.add(Sockets.connect(service, "/calls"));
        }
        HandshakeResponse refused = Sockets.to(service, "/calls").attempt();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isPresent();
        clients.forEach(WebSocketTestClient::close);
        Sockets.await("the end").until(() -> sockets.inFlight() == 0);
        Sockets.connect(service, "/calls").close();
    }

    @Test
    void authenticatesByHeaderAndLimitsTheSessionsOfAUser() {
        assertThat(Sockets.to(service, "/user").attempt().status()).isEqualTo(401);
        try (WebSocketTestClient one = user();
                WebSocketTestClient two = user()) {
            assertThat(one.receiveText()).isEqualTo("asha");
            assertThat(two.receiveText()).isEqualTo("asha");
            assertThat(Sockets.to(service, "/user")
                            .with("Authorization", "asha")
                            .attempt()
                            .status())
                    .isEqualTo(429);
        }
    }

    private WebSocketTestClient user() {
        return Sockets.to(service, "/user").with("Authorization", "asha").connect();
    }

    @Test
    void takesATicketOnce() {
        String ticket = sockets.tickets().issue(Principal.of("asha"));
        assertThat(Sockets.to(service, "/ticket").attempt().status()).isEqualTo(401);
        assertThat(Sockets.to(service, "/ticket?ticket=" + ticket.substring(1))
                        .attempt()
                        .status())
                .isEqualTo(401);
        try (WebSocketTestClient client = Sockets.connect(service, "/ticket?ticket=" + ticket)) {
            assertThat(client.receiveText()).isEqualTo("asha");
        }
        assertThat(Sockets.to(service, "/ticket?ticket=" + ticket).attempt().status())
                .isEqualTo(401);
    }

    @Test
    void closesWith4401WhoDoesNotAuthenticateInTime() {
        try (WebSocketTestClient silent = Sockets.connect(service, "/first");
                WebSocketTestClient quick = Sockets.connect(service, "/first")) {
            quick.sendText("asha");
            assertThat(quick.receiveText()).isEqualTo("hello asha");
            assertThat(silent.awaitClose()).isEqualTo(4401);
            quick.sendText("asha");
            assertThat(quick.receiveText()).isEqualTo("hello asha");
            quick.sendText("ravi");
            assertThat(quick.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void warnsBeforeAPrincipalExpiresAndClosesThen() {
        try (WebSocketTestClient client = Sockets.connect(service, "/expiring")) {
            assertThat(client.receiveText()).isEqualTo("soon over");
            assertThat(client.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void sendsFromAnywhereAndTellsWhatBecameOfIt() {
        try (WebSocketTestClient client =
                Sockets.to(service, "/ids").with("traceparent", SAMPLED).connect()) {
            String id = client.receiveText().split(" ")[1];
            Session session = sockets.session(id).orElseThrow();
            assertThat(session.send(Message.json(Collections.singletonMap("a", 1))))
                    .isEqualTo(SendResult.QUEUED);
            assertThat(client.receiveText()).isEqualTo("{\"a\":1}");
            session.close(4001, "enough");
            Received end = client.receive();
            assertThat(end.closeCode()).isEqualTo(4001);
            assertThat(end.closeReason()).isEqualTo("enough");
            Sockets.await("the close").until(() -> session.send(Message.text("x")) == SendResult.CLOSED);
        }
    }

    @Test
    void closesWith1008WhoSendsTooMuch() {
        try (WebSocketTestClient client = Sockets.connect(service, "/calls")) {
            for (int i = 0; i < 5000; i++) {
                client.sendText("m");
            }
            int code = 0;
            while (code == 0) {
                Received next = client.receive();
                code = next.kind() == Received.Kind.CLOSE ? next.closeCode() : 0;
            }
            assertThat(code).isEqualTo(1008);
        }
    }

    @Test
    void topicsReachWhoHasJoined() {
        try (WebSocketTestClient one = Sockets.connect(service, "/rooms");
                WebSocketTestClient two = Sockets.connect(service, "/rooms")) {
            one.sendText("join a");
            two.sendText("join a");
            assertThat(one.receiveText()).isEqualTo("ok");
            assertThat(two.receiveText()).isEqualTo("ok");
            one.sendText("say a hello");
            assertThat(one.receiveText()).isEqualTo("hello");
            assertThat(two.receiveText()).isEqualTo("hello");
            two.sendText("leave a");
            assertThat(two.receiveText()).isEqualTo("ok");
            one.sendText("say a again");
            assertThat(one.receiveText()).isEqualTo("again");
            sockets.topics().publish("a", Message.text("from elsewhere"));
            assertThat(one.receiveText()).isEqualTo("from elsewhere");
            two.sendText("join b");
            assertThat(two.receiveText()).isEqualTo("ok");
        }
    }

    @Test
    void tellsWhoIsThere() {
        try (WebSocketTestClient client = Sockets.connect(service, "/calls")) {
            client.sendText("x");
            client.receiveText();
            assertThat(Sockets.metric(service, "chassis_websocket_sessions")).isEqualTo(1);
            assertThat(service.admin().get("/health").body()).contains("1 sessions");
            assertThat(Sockets.metric(service, "chassis_websocket_handshakes_total"))
                    .isEqualTo(1);
        }
    }

    // ---- the endpoints

    private void assemble(Service parts) {
        sockets = parts.add(WebSockets.from(parts));
        parts.http(routes -> routes.get("/calls", sockets.text(new Calls()).allowOrigins("https://partner.example"))
                .get("/bytes", sockets.binary((session, bytes) -> Reply.send(Message.binary(bytes))))
                .get(
                        "/orders/{id}",
                        sockets.json(Order.class, this::order).attach(request -> request.path("id", Long.class)))
                .get("/failing", sockets.text((session, message) -> {
                    throw new IllegalStateException("broken");
                }))
                .get("/unwritable", sockets.text(new Unwritable()))
                .get("/blocking", sockets.text(this::block))
                .get("/later", sockets.text(this::later))
                .get("/ids", sockets.text(new Ids()))
                .get(
                        "/versions",
                        sockets.text((session, message) -> Reply.none()).subprotocols("v2", "v1"))
                .get(
                        "/user",
                        sockets.text(new Who())
                                .authenticate(request -> Principal.of(request.header("authorization")
                                        .orElseThrow(() -> HttpException.unauthorized("Name", "Who is it?")))))
                .get("/ticket", sockets.text(new Who()).withTickets())
                .get(
                        "/first",
                        sockets.text((session, message) -> Reply.none()
                                        .andAuthenticate(Principal.of(message))
                                        .andSend(Message.text("hello " + message)))
                                .authenticateFirst())
                .get(
                        "/expiring",
                        sockets.text((session, message) -> Reply.none())
                                .authenticate(request ->
                                        Principal.until("asha", Instant.now().plusSeconds(2)))
                                .warnOfExpiry(Message.text("soon over")))
                .get("/rooms", sockets.text(this::room)));
    }

    private Reply order(Session session, Order order) {
        return Reply.json(new Line(session.attachment(Long.class) + ":" + order.item() + ":" + order.count()));
    }

    private Reply block(Session session, String message) throws InterruptedException {
        handled.incrementAndGet();
        assertThat(gate.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        return Reply.text(message);
    }

    private Reply later(Session session, String message) {
        CompletableFuture<Reply> done = CompletableFuture.supplyAsync(() -> Reply.text(message + " done"));
        return Reply.when(done).andSend(Message.text(message + " after"));
    }

    private Reply room(Session session, String message) {
        String[] words = message.split(" ");
        return switch (words[0]) {
            case "join" -> Reply.join(words[1]).andSend(Message.text("ok"));
            case "leave" -> Reply.none().andLeave(words[1]).andSend(Message.text("ok"));
            default -> Reply.none().andPublish(words[1], Message.text(words[2]));
        };
    }

    private final class Calls implements WebSocketHandler<String> {

        @Override
        public Reply onOpen(Session session) {
            calls.add("open");
            return Reply.none();
        }

        @Override
        public Reply onMessage(Session session, String message) {
            calls.add(message);
            return Reply.text(message);
        }

        @Override
        public void onClose(Session session, int code, String reason) {
            calls.add(("close " + code + " " + reason).trim());
        }
    }

    private final class Unwritable implements WebSocketHandler<String> {

        @Override
        public Reply onMessage(Session session, String message) {
            Reply reply = Reply.send(Message.json(new Loop()));
            return message.equals("now") ? reply : Reply.when(CompletableFuture.completedFuture(reply));
        }

        @Override
        public void onClose(Session session, int code, String reason) {
            calls.add("close " + code);
        }
    }

    /** Its JSON would have no end. */
    public static final class Loop {

        public Loop getSelf() {
            return this;
        }
    }

    private static final class Ids implements WebSocketHandler<String> {

        @Override
        public Reply onOpen(Session session) {
            return ids(session);
        }

        @Override
        public Reply onMessage(Session session, String message) {
            return ids(session);
        }

        private static Reply ids(Session session) {
            Correlation now = Objects.requireNonNull(Correlation.current());
            assertThat(MDC.get("session_id")).isEqualTo(session.id());
            assertThat(now.fields()).containsEntry("session_id", session.id());
            assertThat(now.sampled()).isTrue();
            return Reply.text(now.id() + " " + session.id());
        }
    }

    private static final class Who implements WebSocketHandler<String> {

        @Override
        public Reply onOpen(Session session) {
            return Reply.text(session.principal().orElseThrow().user());
        }

        @Override
        public Reply onMessage(Session session, String message) {
            return Reply.none();
        }
    }

    @Test
    void aHandlerThatNeverEndsDelaysTheDrainNoLongerThanItsBudget() {
        CountDownLatch closed = new CountDownLatch(1);
        WebSocketTestClient client = Sockets.connect(service, "/blocking");
        client.sendText("x");
        Sockets.await("the message").until(() -> handled.get() == 1);
        Thread waiting = new Thread(() -> {
            assertThat(client.awaitClose()).isEqualTo(1001);
            closed.countDown();
        });
        waiting.start();
        assertThat(service.drain().abandoned()).containsKey("websocket");
        Sockets.await("the close frame").until(() -> closed.getCount() == 0);
        assertThat(sockets.meters().forcedCount()).isEqualTo(1);
    }
}
