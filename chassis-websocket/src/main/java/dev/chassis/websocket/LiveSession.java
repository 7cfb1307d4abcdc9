package dev.chassis.websocket;

import dev.chassis.context.Correlation;
import dev.chassis.http.upgrade.Upgrade;
import dev.chassis.json.JsonException;
import dev.chassis.lifecycle.Workers;
import dev.chassis.websocket.Reply.Step;
import dev.chassis.websocket.internal.DeflatePool;
import dev.chassis.websocket.internal.Outbox;
import dev.chassis.websocket.internal.OutboxListener;
import dev.chassis.websocket.internal.Protocol;
import dev.chassis.websocket.internal.ProtocolListener;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session, from the claim on. An idle one should cost no more than it must, so there is one object, and a {@link Lane} only while a
 * handler has something to do.
 *
 * <p>The final fields and {@code principal} are for any thread; everything else belongs to the event loop. Invariants:
 *
 * <ul>
 *   <li>I1: what {@link #claim} took is given back once, by {@link #over}, after the last call of the handler or when there can be none.
 *   <li>I2: the first call in the lane is that of the opening, the last one that of the close; after {@code ending} no message is added.
 *   <li>I3: {@code ending} is set once. From then on nothing is accepted to be sent; what was goes out, and then the close frame.
 *   <li>I4: reading is paused only while the lane is over its limits, and goes on when it is at half of them.
 * </ul>
 */
final class LiveSession<T> implements Session, Upgrade, ProtocolListener, OutboxListener {

    static final String SESSION_ID = "session_id";

    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
    private static final int MISSED_PINGS = 2;

    private final WebSocketEndpoint<T> endpoint;
    private final String id;
    private final String clientAddress;
    private final Correlation correlation;
    private final @Nullable String subprotocol;
    private final @Nullable Object attachment;
    private final boolean inflates;
    private final boolean deflates;
    private volatile @Nullable Principal principal;
    private volatile @Nullable Outbox outbox; // set by take
    private @Nullable Protocol protocol; // set by take
    private @Nullable SessionLoop loop; // set by take
    private @Nullable Lane lane;
    private int place;
    private int sequence;
    private int closeCode = CloseCode.ABNORMAL;
    private String closeReason = "";
    private boolean ending; // I3
    private boolean gone;
    private boolean retiring; // closes when the lane is idle
    private boolean forced;
    private boolean warned;
    private boolean over; // I1; guarded by this
    private byte missed;
    private long retryMillis;
    private long due; // see Pace
    private long pingAt;
    private long endAt; // age, or the time to authenticate

    LiveSession(Opening<T> opening) {
        this.endpoint = opening.endpoint();
        this.id = opening.id();
        this.clientAddress = opening.clientAddress();
        this.correlation = opening.correlation().with(SESSION_ID, id);
        this.principal = opening.principal();
        this.subprotocol = opening.subprotocol();
        this.attachment = opening.attachment();
        this.inflates = opening.inflates();
        this.deflates = opening.deflates();
    }

    // ---- what handlers and others see

    @Override
    public String id() {
        return id;
    }

    @Override
    public String clientAddress() {
        return clientAddress;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable(principal);
    }

    @Override
    public Correlation correlation() {
        return correlation;
    }

    @Override
    public Optional<String> subprotocol() {
        return Optional.ofNullable(subprotocol);
    }

    @Override
    public <A> A attachment(Class<A> type) {
        if (!type.isInstance(attachment)) {
            throw new IllegalStateException("a session has no attachment of " + type + " (expected: one by attach)");
        }
        return type.cast(attachment);
    }

    @Override
    public boolean isOpen() {
        Outbox out = outbox;
        return out != null && !out.isClosed();
    }

    @Override
    public SendResult send(Message message) {
        Outbox out = outbox;
        if (out == null) {
            return SendResult.CLOSED;
        }
        SendResult result = SendResult.of(out.offer(message.encoded(sockets().json()), message.delivery()));
        sockets().meters().sent(result);
        return result;
    }

    @Override
    public void close(int code, String reason) {
        CloseCode.checked(code);
        try {
            eventLoop().execute(() -> finish(code, reason));
        } catch (RejectedExecutionException stopped) {
            LOG.debug("Session {} is closed already: its event loop has stopped", id);
        }
    }

    // ---- the beginning

    @Override
    public boolean claim() {
        return sockets().claim(this);
    }

    @Override
    public void take(Channel channel) {
        WebSockets sockets = sockets();
        DeflatePool pool = inflates ? sockets.deflatePool() : null;
        Protocol made = new Protocol(sockets.protocolSettings(), pool, this);
        protocol = made;
        outbox = new Outbox(channel, sockets.outboxSettings(), this, deflates ? sockets.deflatePool() : null);
        SessionLoop mine = sockets.loop(channel.eventLoop());
        loop = mine;
        long now = System.nanoTime();
        pingAt = now + sockets.timing().nextPing();
        endAt = now
                + (mustAuthenticate()
                        ? sockets.timing().authenticationNanos()
                        : sockets.timing().age());
        mine.add(this);
        add(() -> endpoint.handler().onOpen(this), correlation, 0); // I2
        channel.pipeline().addLast(made);
        sockets.opened(this); // last: it may be closed at once, which takes a protocol and comes after the opening
    }

    private boolean mustAuthenticate() {
        return endpoint.authenticatesFirst() && principal == null;
    }

    // ---- what the client sends

    @Override
    public void text(String message, int bytes) {
        if (endpoint.kind() == Kind.BINARY) {
            fail(CloseCode.UNACCEPTABLE, "text is not spoken here");
        } else {
            arrived(() -> endpoint.handler().onMessage(this, endpoint.decode(message)), bytes);
        }
    }

    @Override
    public void binary(byte[] message) {
        if (endpoint.kind() == Kind.TEXT) {
            fail(CloseCode.UNACCEPTABLE, "only text is spoken here");
        } else {
            arrived(() -> endpoint.handler().onMessage(this, endpoint.decode(message)), message.length);
        }
    }

    private void arrived(Lane.Task call, int bytes) {
        sockets().meters().received(bytes);
        if (ending || retiring || isTooFast()) {
            return;
        }
        sequence++;
        add(call, correlationOf(sequence), bytes);
        if (lane != null && sockets().isFull(lane)) {
            protocol().pause(); // I4
        }
    }

    /** That of the handshake with an id of its own; a span it is not. */
    private Correlation correlationOf(int message) {
        return new Correlation(
                id + "-" + message,
                correlation.traceId(),
                null,
                correlation.sampled(),
                correlation.xrayRoot(),
                correlation.fields());
    }

    private boolean isTooFast() {
        Pace pace = sockets().pace();
        if (pace.isUnlimited()) {
            return false;
        }
        long next = pace.next(due, System.nanoTime());
        if (next == due) {
            fail(CloseCode.POLICY, "too many messages");
            return true;
        }
        due = next;
        return false;
    }

    private void add(Lane.Task task, Correlation by, int bytes) {
        Lane current = lane;
        if (current == null) {
            current = new Lane(this);
            lane = current;
        }
        current.add(task, by, bytes);
    }

    @Override
    public void readComplete() {
        outbox().flush();
    }

    @Override
    public void writabilityChanged(boolean writable) {
        if (writable) {
            outbox().writable();
        }
    }

    // ---- what the lane asks

    /** Encodes what is to be sent, where that does not keep an event loop from others. */
    void encode(Step step) {
        if (step instanceof Step.Send send) {
            send.message().encoded(sockets().json());
        } else if (step instanceof Step.Publish publish) {
            publish.message().encoded(sockets().json());
        }
    }

    Workers workers() {
        return sockets().workers();
    }

    EventLoop eventLoop() {
        return Objects.requireNonNull(loop, "not taken yet").executor();
    }

    /** The lane has handed a call over (I4). */
    void called() {
        Lane current = lane;
        if (!gone && protocol().isPaused() && current != null && sockets().isHalfEmpty(current)) {
            eventLoop()
                    .execute(() -> protocol().resume()); // later: it may deliver, and we are in the middle of something
        }
    }

    /** The lane has nothing to do. */
    void idle() {
        lane = null;
        if (gone) {
            over();
        } else if (retiring) {
            finish(CloseCode.SERVICE_RESTART, CloseCode.retry(retryMillis));
        }
    }

    /** The workers have stopped: the handler is called no more. */
    void abandoned() {
        over();
    }

    boolean isBusy() {
        return lane != null;
    }

    void failed(Throwable failure, Correlation by) {
        try (Correlation.Scope scope = by.open()) {
            if (failure instanceof JsonException undecodable) {
                LOG.debug("A message of session {} is not what it should be", id, undecodable);
                fail(CloseCode.INVALID_DATA, "the message " + undecodable.problem());
            } else {
                LOG.error("A handler of {} failed; its session is closed with 1011", endpoint, failure);
                fail(CloseCode.FAILED, "the handler failed");
            }
        }
    }

    void perform(Step step) {
        if (ending) {
            return; // I3
        }
        if (step instanceof Step.Send send) {
            send(send.message());
        } else if (step instanceof Step.Join join) {
            sockets().topics().join(outbox(), join.topic(), principal(), join.token());
        } else if (step instanceof Step.Leave leave) {
            sockets().topics().leave(outbox(), leave.topic());
        } else if (step instanceof Step.Publish publish) {
            sockets().topics().publish(publish.topic(), publish.message());
        } else if (step instanceof Step.Authenticate authenticate) {
            authenticated(authenticate.principal());
        } else if (step instanceof Step.Close close) {
            finish(close.code(), close.reason());
        }
    }

    private void authenticated(Principal now) {
        Principal before = principal;
        if (before != null && !before.user().equals(now.user())) {
            fail(CloseCode.UNAUTHENTICATED, "another user");
        } else if (before == null && !sockets().claimUser(now)) {
            fail(CloseCode.TRY_AGAIN_LATER, "too many sessions of this user");
        } else {
            principal = now;
            warned = false;
            if (before == null) {
                endAt = System.nanoTime() + sockets().timing().age();
            }
        }
    }

    // ---- time

    void place(int index) {
        place = index;
    }

    int place() {
        return place;
    }

    void sweep(long now, Instant time) {
        outbox().sweep(now);
        if (ending) {
            return;
        }
        if (now - pingAt >= 0) {
            keepAlive(now);
        }
        if (now - endAt >= 0) {
            old();
        }
        Principal current = principal;
        if (current != null && current.expiresAt().isPresent()) {
            expire(current.expiresAt().get(), time);
        }
    }

    private void keepAlive(long now) {
        pingAt = now + sockets().timing().nextPing();
        if (protocol().takeHeard() || protocol().isPaused()) { // what we do not read we do not hear
            missed = 0;
        } else if (missed == MISSED_PINGS) {
            sockets().meters().halfOpen();
            closeReason = "half open";
            outbox().close();
            channel().close(); // nobody is there to be told
            return;
        }
        missed++;
        protocol().ping();
    }

    private void old() {
        if (mustAuthenticate()) {
            fail(CloseCode.UNAUTHENTICATED, "not authenticated in time");
        } else {
            retire(ThreadLocalRandom.current().nextLong(sockets().timing().retryMillis()));
        }
    }

    private void expire(Instant at, Instant time) {
        if (!time.isBefore(at)) {
            finish(CloseCode.UNAUTHENTICATED, "expired");
        } else if (!warned && !time.isBefore(at.minus(sockets().timing().expiryWarning()))) {
            warned = true;
            endpoint.expiryWarning().ifPresent(this::send);
        }
    }

    // ---- the end

    void tellDraining() {
        endpoint.drainNotice().ifPresent(this::send);
    }

    /** Closes with 1012 when the handler has nothing to do, and tells when to come back. */
    void retire(long millis) {
        retryMillis = millis;
        retiring = true;
        if (lane == null) {
            finish(CloseCode.SERVICE_RESTART, CloseCode.retry(millis));
        }
    }

    /** Closes with 1001, whatever its handler does. */
    void force() {
        if (!gone && !forced) {
            forced = true;
            sockets().meters().forced();
        }
        fail(CloseCode.GOING_AWAY, CloseCode.retry(0));
    }

    /** Sends what waits, then the close frame (I3). */
    private void finish(int code, String reason) {
        if (!ending && !gone) {
            end(code, reason);
            outbox().finish(() -> protocol().close(code, reason));
        }
    }

    /** Sends the close frame behind what the channel has, and nothing that waits. */
    private void fail(int code, String reason) {
        if (!gone && !protocol().isClosing()) {
            end(code, reason);
            outbox().close();
            protocol().close(code, reason);
        }
    }

    private void end(int code, String reason) {
        ending = true;
        closeCode = code;
        closeReason = reason;
    }

    @Override
    public void tooSlow(String reason) {
        LOG.debug("Session {} is closed: {}", id, reason);
        sockets().meters().slow();
        fail(CloseCode.TRY_AGAIN_LATER, "too slow");
    }

    @Override
    public void peerClosed(int code, String reason) {
        outbox().close();
        if (!ending) {
            end(code, reason);
        }
    }

    @Override
    public void violated(int code, String reason) {
        LOG.debug("Session {} broke the protocol: {} {}", id, code, reason);
        outbox().close();
        end(code, reason);
    }

    @Override
    public void gone() {
        gone = true;
        ending = true;
        Objects.requireNonNull(loop).remove(this);
        sockets().topics().leaveAll(outbox());
        outbox().close();
        sockets().closed(closeCode, forced);
        add(this::tellClosed, correlation, 0); // I2
    }

    private Reply tellClosed() {
        try {
            endpoint.handler().onClose(this, closeCode, closeReason);
        } catch (Exception e) {
            LOG.error("onClose of {} failed", endpoint, e);
        }
        return Reply.none();
    }

    /** I1. By a worker where the loop has ended. */
    private void over() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        sockets().over(this);
    }

    private WebSockets sockets() {
        return endpoint.sockets();
    }

    private Protocol protocol() {
        return Objects.requireNonNull(protocol, "not taken yet");
    }

    private Outbox outbox() {
        return Objects.requireNonNull(outbox, "not taken yet");
    }

    private Channel channel() {
        return outbox().channel();
    }
}
