package dev.chassis.http.internal;

import dev.chassis.context.Correlation;
import dev.chassis.http.Response;
import dev.chassis.http.upgrade.Upgrade;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GenericFutureListener;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: requests in, answers out, strictly in turn.
 *
 * <p>Loop-only, all of it, except {@link #channel}, {@link #loop} and {@link #limits}. Invariants:
 *
 * <ul>
 *   <li>I1: at most one request is between its head and the last byte of its answer. Where that takes longer than the event loop's turn,
 *       the decoder is held, so pipelined requests wait as bytes.
 *   <li>I2: a request that entered {@code inFlight} is in one hand at a time, which lets it leave once: this class ({@code counted}),
 *       {@link Handling} while a worker has it, {@link Output} once it is answered.
 *   <li>I3: an answer that says {@code Connection: close} is the last one; what arrives afterwards is read and dropped until the peer
 *       closes or the linger time-out is over, because closing with unread input resets the connection and may take the answer with it
 *       (RFC 9112, section 9.6).
 *   <li>I4: a connection that is handed over leaves nothing behind: no entry in the loop, no listener, no handler. The decoder, which was
 *       held since the request, passes its bytes on as it goes.
 * </ul>
 */
final class Connection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        /** Between requests. */
        IDLE,
        /** Part of a head has arrived. */
        HEAD,
        /** A body is read whole. */
        BODY,
        /** A worker has the request, or it waits for one. */
        HANDLING,
        /** The rest of a long answer waits for the client. */
        WRITING,
        /** The last answer is on its way; input is dropped. */
        CLOSING,
        /** The channel is gone. */
        CLOSED
    }

    private final ServerState server;
    private final Limits limits;
    private final Loop loop;
    private final Peer peer;
    private final RequestDecoder decoder;
    private final ChannelHandlerContext ctx; // the decoder's
    private final Output output;
    private final Intake intake;
    private final GenericFutureListener<ChannelFuture> whenClosed = closed -> closed();
    private final StateClock clock = new StateClock();
    private State state = State.IDLE;
    private @Nullable RequestExchange exchange;
    private String lastMethod = "";
    private String lastPath = "";
    private @Nullable Endpoint lastEndpoint; // what the application said to the two above
    private @Nullable Handling handling;
    private boolean counted;
    private boolean closeAfter;
    private boolean inputClosed;
    private boolean used;

    Connection(ServerState server, Loop loop, Peer peer, RequestDecoder decoder, ChannelHandlerContext ctx) {
        this.server = server;
        this.limits = server.limits();
        this.loop = loop;
        this.peer = peer;
        this.decoder = decoder;
        this.ctx = ctx;
        this.output = new Output(server, loop, ctx);
        this.intake = new Intake(ctx, output, limits.bodyTimeoutNanos());
        clock.limit(System.nanoTime(), limits.keepAliveNanos());
    }

    /** Takes care of the connection from now on. */
    void begin() {
        loop.add(this);
        ctx.channel().closeFuture().addListener(whenClosed);
    }

    Channel channel() {
        return ctx.channel();
    }

    EventLoop loop() {
        return loop.executor();
    }

    Limits limits() {
        return limits;
    }

    /** A worker has something for this connection's loop, from a handler that began then. */
    void handOver(Runnable step, long beganNanos) {
        loop.handOver(step, beganNanos, server.workers());
    }

    // ---- what netty tells

    @Override
    public void channelRead(ChannelHandlerContext self, Object message) {
        if (state == State.CLOSING || state == State.CLOSED) {
            ReferenceCountUtil.release(message); // I3
            return;
        }
        try {
            if (message instanceof HttpRequest request) {
                head(request);
            } else if (message instanceof HttpContent content) {
                content(content);
            } else if (message instanceof Refusal refusal) {
                refuse(refusal);
            }
        } catch (Refusal refusal) {
            refuse(refusal);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext self) {
        output.flush();
        if (state == State.IDLE && decoder.hasBegunHead() && !decoder.isHeld()) {
            state = State.HEAD;
            clock.limit(System.nanoTime(), limits.headerTimeoutNanos());
        } else if (state == State.BODY) {
            clock.limit(System.nanoTime(), limits.bodyTimeoutNanos());
        }
        closeIfNothingCanCome();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext self) {
        if (ctx.channel().isWritable()) {
            loop().execute(this::writable); // later, because this may be called from within a flush or a decode
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext self, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputClosed = true;
            if (handling != null) {
                handling.clientGone();
            }
            intake.fail("the client closed the connection before the end of the body");
            closeIfNothingCanCome();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext self, Throwable cause) {
        LOG.debug("A connection from {} failed", peer.address(), cause);
        ctx.close();
    }

    /** The channel is gone, for whatever reason. */
    private void closed() {
        state = State.CLOSED;
        loop.remove(this);
        output.closed();
        intake.fail("the client has gone");
        if (handling != null) {
            handling.clientGone();
            if (server.withdraw(handling)) {
                handling.leave();
            }
        }
        handling = null; // whoever has it finds out when it comes back, and lets it leave (I2)
        leave();
    }

    // ---- a request comes in

    private void head(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            throw Refusal.ofHead(request.decoderResult().cause());
        }
        RequestHead head = RequestHead.of(request);
        long now = System.nanoTime();
        loop.requestArrived(now);
        Endpoint endpoint = resolve(head);
        RequestExchange arrived = new RequestExchange(head, endpoint, peer, now);
        exchange = arrived;
        used = true;
        intake.begin();
        counted = server.inFlight().tryEnter();
        if (!counted && endpoint.sheddable()) {
            throw new Refusal(503, RefusedBecause.DRAINING, "This instance is shutting down.");
        }
        checkBody(arrived);
        if (endpoint.streaming()) {
            arrived.bodyStream(intake.stream(head.expectsContinue()));
            submit(arrived, null);
        } else {
            awaitBody(head, endpoint);
        }
    }

    /** Who asks again mostly asks for the same, and two short texts are sooner compared than hashed and looked up. */
    private Endpoint resolve(RequestHead head) {
        Endpoint endpoint = lastEndpoint;
        if (endpoint == null || !head.path().equals(lastPath) || !head.method().equals(lastMethod)) {
            endpoint = server.application().resolve(head.method(), head.path());
            lastMethod = head.method();
            lastPath = head.path();
            lastEndpoint = endpoint;
        }
        return endpoint;
    }

    private static void checkBody(RequestExchange arrived) {
        if (arrived.head().contentLength() > arrived.endpoint().maxBodyBytes()) {
            throw Refusal.tooLarge(arrived.endpoint().maxBodyBytes());
        }
        if (arrived.hasUnknownCoding()) {
            throw new Refusal(415, RefusedBecause.UNSUPPORTED, "The only content coding here is gzip.");
        }
    }

    private void awaitBody(RequestHead head, Endpoint endpoint) {
        state = State.BODY;
        clock.unlimited();
        if (head.hasBody()) {
            intake.collect(head.contentLength(), endpoint.maxBodyBytes(), head.expectsContinue());
        }
    }

    private void content(HttpContent content) {
        try {
            if (intake.add(content) && content instanceof LastHttpContent) {
                endOfBody();
            }
        } finally {
            content.release();
        }
    }

    private void endOfBody() {
        intake.end();
        if (intake.isStreamed()) {
            decoder.hold(); // I1
        } else if (exchange != null) {
            exchange.body(intake.take());
            dispatch(exchange);
        }
    }

    private void dispatch(RequestExchange complete) {
        if (!complete.endpoint().onEventLoop()) {
            submit(complete, null);
            return;
        }
        Response response = complete.answer();
        if (Handling.isFor(response, complete.head())) {
            submit(complete, response);
        } else {
            respond(Compression.apply(response, complete.acceptEncoding(), limits));
        }
    }

    private void submit(RequestExchange ready, @Nullable Response response) {
        Handling submitted = new Handling(server, this, ready, counted, response);
        Overload.Verdict verdict = server.admit(submitted);
        if (verdict == Overload.Verdict.REFUSE) {
            throw new Refusal(503, RefusedBecause.OVERLOAD, "Too many requests are being served.");
        }
        handling = submitted;
        counted = false; // I2
        state = State.HANDLING;
        clock.limit(System.nanoTime(), limits.queueTimeoutNanos());
        if (intake.isComplete()) {
            decoder.hold(); // I1
        }
        if (verdict == Overload.Verdict.RUN) {
            loop.begin(submitted, server);
        }
    }

    // ---- an answer goes out

    /** A worker has answered. */
    void answered(Handling answered, Response response) {
        if (answered != handling) {
            answered.leave(); // I2: the client has gone
            return;
        }
        takeBack(answered);
        respond(response);
        proceed();
    }

    /** A worker has found that it may not answer, or none had the time to. */
    void refused(Handling refused, Refusal refusal) {
        if (refused != handling) {
            refused.leave(); // I2: the client has gone
            return;
        }
        takeBack(refused);
        refuse(refusal);
        proceed();
    }

    /** A worker has the first bytes of a streamed answer. */
    void start(Handling streaming, Response response, ByteBuf first, ChannelPromise promise) {
        RequestExchange current = exchange;
        if (streaming != handling || current == null) {
            first.release();
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        intake.answered();
        closeAfter |= mustClose(current) || current.head().http10();
        output.start(response, answer(current), first, promise, System.nanoTime());
    }

    /** A worker has written the last bytes of a streamed answer, or failed to. */
    void ended(Handling streaming, int status, boolean complete, boolean chunked) {
        RequestExchange current = exchange;
        if (streaming != handling || current == null) {
            streaming.leave();
            return;
        }
        takeBack(streaming);
        long now = System.nanoTime();
        record(current, status, now);
        if (!complete) {
            abort();
            return;
        }
        if (chunked) {
            output.write(Unpooled.wrappedBuffer(LAST_CHUNK));
        }
        if (counted) {
            counted = false;
            output.settleWithNextFlush();
        }
        finished(now);
        proceed();
    }

    private void refuse(Refusal refusal) {
        server.meters().refused(refusal.reason());
        RequestExchange refused = exchange;
        if (refused == null) {
            respond(Problems.of(refusal.status(), refusal.detail()));
            return;
        }
        Response response = refused.endpoint().refuse(refused, refusal.status(), refusal.detail());
        respond(refusal.reason().isPassing() ? server.retryLater(response) : response);
    }

    private void respond(Response response) {
        if (exchange != null && response.body() instanceof Response.Body.Upgrading leaving) {
            upgrade(exchange, response, leaving.upgrade());
            return;
        }
        long now = System.nanoTime();
        RequestExchange current = exchange;
        closeAfter |= current == null || mustClose(current);
        output.write(response, answer(current), now);
        counted = false; // I2
        if (current != null) {
            record(current, response.status(), now);
        }
        if (output.isFeeding()) {
            state = State.WRITING;
            clock.unlimited();
            decoder.hold();
        } else {
            finished(now);
        }
    }

    /** I4. */
    private void upgrade(RequestExchange current, Response response, Upgrade upgrade) {
        if (current.head().isHead() || current.head().http10() || current.head().hasBody() || inputClosed) {
            refuse(Refusal.malformed("An upgrade is a GET of HTTP/1.1 without a body."));
        } else if (server.isDraining()) {
            refuse(new Refusal(503, RefusedBecause.DRAINING, "This instance is shutting down."));
        } else if (!upgrade.claim()) {
            refuse(new Refusal(503, RefusedBecause.OVERLOAD, "There are too many connections of this kind."));
        } else {
            long now = System.nanoTime();
            output.write(response, answer(current), now);
            counted = false; // I2
            record(current, response.status(), now);
            output.flush();
            leaveTo(upgrade);
        }
    }

    private void leaveTo(Upgrade upgrade) {
        intake.over();
        exchange = null;
        state = State.CLOSED; // for HTTP it is
        loop.remove(this);
        Channel channel = ctx.channel();
        channel.closeFuture().removeListener(whenClosed);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        channel.config().setAutoRead(true);
        channel.pipeline().remove(this);
        try {
            upgrade.take(channel);
            channel.pipeline().remove(decoder); // which passes on what it has held
        } catch (RuntimeException broken) {
            LOG.error("What took over a connection from {} failed", peer.address(), broken);
            channel.close();
        }
    }

    private Answer answer(@Nullable RequestExchange current) {
        return current == null
                ? new Answer(Correlation.mint().id(), false, false, true, false)
                : new Answer(
                        current.correlation().id(),
                        current.head().isHead(),
                        current.head().http10(),
                        closeAfter,
                        counted);
    }

    private boolean mustClose(RequestExchange current) {
        return server.isAnnounced()
                || !current.head().keepAlive()
                || !intake.isComplete()
                || inputClosed && !decoder.hasBytes();
    }

    private void record(RequestExchange current, int status, long now) {
        long took = now - current.arrivedNanos();
        loop.recorder().record(current.method(), current.endpoint().template(), status, took);
        loop.accessLog().record(current, status, took);
    }

    private void finished(long now) {
        intake.over();
        exchange = null;
        if (closeAfter || server.isDraining()) { // an answer begun before the drain could not say so
            sayGoodbye();
            return;
        }
        state = State.IDLE;
        clock.limit(now, limits.keepAliveNanos());
        if (!ctx.channel().isWritable()) {
            decoder.hold(); // a client that does not read gets no more answers to keep
        }
    }

    /** Goes on with what has been held, now that a turn of its own is there. */
    private void proceed() {
        if (state == State.IDLE && decoder.isHeld() && ctx.channel().isWritable()) {
            try {
                decoder.resume(ctx);
            } catch (Exception e) {
                exceptionCaught(ctx, e);
            }
        } else {
            output.flush();
        }
    }

    private void writable() {
        if (state == State.WRITING) {
            output.feed();
            if (!output.isFeeding()) {
                finished(System.nanoTime());
            }
        }
        proceed();
    }

    // ---- the end

    /** I3. */
    private void sayGoodbye() {
        state = State.CLOSING;
        clock.unlimited();
        decoder.discard(ctx);
        output.finish(this::saidGoodbye);
    }

    private void saidGoodbye() {
        clock.limit(System.nanoTime(), limits.lingerNanos());
        closeIfNothingCanCome();
    }

    /** A peer that has closed its side, and waits for no answer. */
    private void closeIfNothingCanCome() {
        boolean owedNothing = switch (state) {
            case IDLE, HEAD, BODY -> !decoder.isHeld();
            case CLOSING -> clock.isLimited();
            case HANDLING, WRITING, CLOSED -> false;
        };
        if (inputClosed && owedNothing) {
            if (state == State.CLOSING) {
                ctx.close();
            } else {
                sayGoodbye(); // earlier answers may still be on their way
            }
        }
    }

    /** The answer cannot be completed: the client must not take it for whole. */
    private void abort() {
        ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        ctx.close();
    }

    /** The drain has begun: who waits for nothing is let go. A connection that was never used is about to be. */
    void drain() {
        if (state != State.IDLE || decoder.hasBegunHead()) {
            return;
        }
        if (used) {
            sayGoodbye();
        } else {
            clock.limit(System.nanoTime(), limits.lingerNanos());
        }
    }

    /** The server stops: nothing is waited for any more but goodbyes. */
    void stop() {
        if (state == State.IDLE) {
            sayGoodbye();
        } else if (state != State.CLOSING) {
            abort();
        }
    }

    // ---- time

    /** The sweep comes by. */
    void checkTime(long now) {
        if (output.isStuck(now, limits.writeTimeoutNanos())) {
            abort();
        } else if (handling != null) {
            checkHandling(handling, now);
        } else if (clock.isOver(now)) {
            timeIsUp();
        }
    }

    private void timeIsUp() {
        switch (state) {
            case IDLE -> sayGoodbye();
            case HEAD -> refuse(new Refusal(408, RefusedBecause.SLOW_CLIENT, "The request head took too long."));
            case BODY -> refuse(new Refusal(408, RefusedBecause.SLOW_CLIENT, "The request body took too long."));
            case CLOSING -> ctx.close();
            case HANDLING, WRITING, CLOSED -> {}
        }
    }

    private void checkHandling(Handling current, long now) {
        if (!current.hasBegun()) {
            if (clock.isOver(now) && server.withdraw(current)) {
                refused(current, new Refusal(503, RefusedBecause.QUEUE_TIMEOUT, "Too many requests are being served."));
            }
        } else if (current.isOverdue(now) && current.take()) {
            handling = null; // I2: the worker lets it leave
            current.interrupt();
            refuse(new Refusal(503, RefusedBecause.REQUEST_TIMEOUT, "The request took too long."));
            proceed();
        }
    }

    private void takeBack(Handling back) {
        handling = null;
        counted = back.isCounted(); // I2
    }

    private void leave() {
        if (counted) {
            counted = false;
            server.inFlight().exit();
        }
    }
}
