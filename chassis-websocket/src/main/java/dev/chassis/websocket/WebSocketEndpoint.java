package dev.chassis.websocket;

import dev.chassis.http.Handler;
import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import dev.chassis.websocket.internal.DeflateOffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place where sessions begin: a {@link Handler} for a {@code GET} route, so that filters and path parameters are those of HTTP.
 *
 * <pre>{@code
 * WebSockets sockets = service.add(WebSockets.from(service));
 * service.http(routes -> routes.get("/live/{contest}", sockets.json(Command.class, new LiveScores())
 *         .authenticate(request -> users.of(request))
 *         .attach(request -> request.path("contest", Long.class))));
 * }</pre>
 *
 * <p>A handshake is checked in this order: drain and limits, origin, authentication, attachment, subprotocol, extensions. Who is refused
 * gets an HTTP answer with a problem document: 426 for what is no WebSocket handshake, 503 while the task drains or is full, 429 for too
 * many sessions of an address or user, 403 for an origin, and what the functions given here throw.
 *
 * <p>Configured by one thread before the service starts, then thread-safe.
 *
 * @param <T> what messages are
 */
public final class WebSocketEndpoint<T> implements Handler {

    private final WebSockets sockets;
    private final WebSocketHandler<T> handler;
    private final Function<Object, T> decoder;
    private final Kind kind;
    private Origins moreOrigins = new Origins(List.of());
    private List<String> subprotocols = List.of();
    private @Nullable Authenticator authenticator;
    private @Nullable Attaching attaching;
    private boolean authenticatesFirst;
    private volatile String template = "an endpoint";
    private @Nullable Message expiryWarning;
    private @Nullable Message drainNotice;

    WebSocketEndpoint(WebSockets sockets, WebSocketHandler<T> handler, Kind kind, Function<Object, T> decoder) {
        this.sockets = sockets;
        this.handler = Objects.requireNonNull(handler, "handler");
        this.kind = kind;
        this.decoder = decoder;
    }

    /** Finds out who asks. May block. */
    @FunctionalInterface
    public interface Authenticator {

        /**
         * Who it is.
         *
         * @throws HttpException for what the client is to be answered instead: {@link HttpException#unauthorized}
         * @throws Exception for anything unexpected, which is answered 500
         */
        Principal authenticate(Request request) throws Exception;
    }

    /** Makes of a request what the session shall remember of it. May block. */
    @FunctionalInterface
    public interface Attaching {

        /**
         * What to remember.
         *
         * @throws HttpException for what the client is to be answered instead: 404
         * @throws Exception for anything unexpected, which is answered 500
         */
        Object attach(Request request) throws Exception;
    }

    /**
     * Lets pages of these origins connect, beside the service's own and those of {@code chassis.websocket.allowed-origins}.
     *
     * @throws IllegalArgumentException if one is no origin
     */
    public WebSocketEndpoint<T> allowOrigins(String... more) {
        moreOrigins = new Origins(List.of(more));
        return this;
    }

    /** The subprotocols spoken here, the preferred one first. A client that offers none gets none; one that offers only others, 400. */
    public WebSocketEndpoint<T> subprotocols(String... names) {
        subprotocols = List.of(names);
        return this;
    }

    /** Asks who it is before the handshake is answered, by a header or a cookie. Default: nobody asks. */
    public WebSocketEndpoint<T> authenticate(Authenticator who) {
        authenticator = Objects.requireNonNull(who, "who");
        return this;
    }

    /**
     * Takes a one-time ticket ({@link WebSockets#tickets}) in the query parameter {@code ticket}: for browsers, which send no headers. Any
     * other is 401.
     */
    public WebSocketEndpoint<T> withTickets() {
        return authenticate(request -> sockets.tickets()
                .redeem(request.query("ticket").orElse(""))
                .orElseThrow(() -> HttpException.unauthorized("Ticket", "A ticket that is good once is needed.")));
    }

    /**
     * Leaves it to the handler to authenticate the session by a message ({@link Reply#andAuthenticate}), within {@code
     * chassis.websocket.authentication-timeout}; else it is closed with 4401. What else a session may do until then is up to the handler.
     */
    public WebSocketEndpoint<T> authenticateFirst() {
        authenticatesFirst = true;
        return this;
    }

    /** Keeps something of the request for the session; see {@link Session#attachment}. The request itself is not kept. */
    public WebSocketEndpoint<T> attach(Attaching what) {
        attaching = Objects.requireNonNull(what, "what");
        return this;
    }

    /** What a session is sent {@code chassis.websocket.expiry-warning} before its principal expires. Default: nothing. */
    public WebSocketEndpoint<T> warnOfExpiry(Message message) {
        expiryWarning = Objects.requireNonNull(message, "message");
        return this;
    }

    /** What sessions are sent when the service begins to leave, before they are closed one after the other. Default: nothing. */
    public WebSocketEndpoint<T> tellOfDrain(Message message) {
        drainNotice = Objects.requireNonNull(message, "message");
        return this;
    }

    /**
     * Answers a handshake; called by the HTTP server.
     *
     * @throws HttpException if it is refused
     * @throws Exception as the authenticator and the attachment do
     */
    @Override
    public Response handle(Request request) throws Exception {
        template = request.template();
        try {
            Response response = answer(request);
            sockets.meters().handshake(101);
            return response;
        } catch (HttpException refused) {
            sockets.meters().handshake(refused.status());
            throw refused;
        }
    }

    private Response answer(Request request) throws Exception {
        String key = Handshake.key(request);
        checkLimits(request);
        if (!moreOrigins.allows(request) && !sockets.origins().allows(request)) {
            throw HttpException.forbidden("Pages of this origin may not connect.");
        }
        Principal principal = authenticator == null ? null : authenticator.authenticate(request);
        if (principal != null && sockets.isFullForUser(principal)) {
            throw tooMany("This user has as many sessions as allowed.");
        }
        Object attachment = attaching == null ? null : attaching.attach(request);
        Optional<String> subprotocol = Handshake.subprotocol(request, subprotocols);
        Optional<DeflateOffer> deflate = sockets.deflate(request);
        LiveSession<T> session = new LiveSession<>(new Opening<>(
                this,
                Opening.newId(),
                request.clientAddress(),
                request.correlation(),
                principal,
                subprotocol.orElse(null),
                attachment,
                deflate.isPresent(),
                deflate.map(DeflateOffer::outbound).orElse(false)));
        Response response = Response.upgrade(session).header("sec-websocket-accept", Handshake.accept(key));
        if (subprotocol.isPresent()) {
            response = response.header("sec-websocket-protocol", subprotocol.get());
        }
        return deflate.isPresent()
                ? response.header("sec-websocket-extensions", deflate.get().response())
                : response;
    }

    private void checkLimits(Request request) {
        if (!sockets.isAccepting()) {
            throw HttpException.unavailable(sockets.timing().retryAfter(), "This instance is shutting down.");
        }
        if (sockets.isFull()) {
            throw HttpException.unavailable(sockets.timing().retryAfter(), "There are as many sessions as allowed.");
        }
        if (sockets.isFullForAddress(request.clientAddress())) {
            throw tooMany("This address has as many sessions as allowed.");
        }
    }

    private HttpException tooMany(String detail) {
        Duration later = sockets.timing().retryAfter();
        return new HttpException(429, detail).withHeader("retry-after", Long.toString(later.toSeconds()));
    }

    WebSockets sockets() {
        return sockets;
    }

    WebSocketHandler<T> handler() {
        return handler;
    }

    Kind kind() {
        return kind;
    }

    T decode(Object message) {
        return decoder.apply(message);
    }

    boolean authenticatesFirst() {
        return authenticatesFirst;
    }

    Optional<Message> expiryWarning() {
        return Optional.ofNullable(expiryWarning);
    }

    Optional<Message> drainNotice() {
        return Optional.ofNullable(drainNotice);
    }

    @Override
    public String toString() {
        return template;
    }
}
