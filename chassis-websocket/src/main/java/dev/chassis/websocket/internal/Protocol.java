package dev.chassis.websocket.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of one connection after its upgrade (RFC 6455, RFC 7692): bytes in, messages out to the listener. It answers pings and
 * the close handshake itself; data frames are written by whoever has them, past this handler.
 *
 * <p>Loop-only, all of it. Invariants:
 *
 * <ul>
 *   <li>I1: one close frame at most is written, and after it nothing. From then on nothing is delivered and the channel closes: when the peer
 *       has closed, or when time is up.
 *   <li>I2: while paused nothing is delivered and the socket is not read; what was read before lies in {@code held}.
 *   <li>I3: pongs wait as one, the newest (section 5.5.3), so a peer that pings and does not read makes nothing grow.
 *   <li>I4: {@code arriving} is set only between the first and the last byte of a message, {@code control} of a control frame.
 * </ul>
 */
public final class Protocol extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Protocol.class);

    private enum State {
        OPEN,
        /** Our close frame is out; frames are skipped until the peer's comes. */
        CLOSING,
        /** Nothing that arrives matters any more. */
        DEAF,
        /** The listener knows that it is over. */
        GONE
    }

    private final ProtocolSettings settings;
    private final @Nullable DeflatePool deflate;
    private final ProtocolListener listener;
    private final FrameHead head = new FrameHead();
    private @Nullable ChannelHandlerContext ctx; // set by the pipeline before anything else happens
    private @Nullable Arriving arriving;
    private byte @Nullable [] control;
    private @Nullable ByteBuf held;
    private byte @Nullable [] unsentPong;
    private State state = State.OPEN;
    private boolean paused;
    private boolean decoding;
    private boolean unflushed;
    private boolean heard;
    private int controlFrames; // since controlSince
    private long controlSince;

    /**
     * The protocol of a connection, to be added to its pipeline.
     *
     * @param deflate where compression has been agreed, else null
     */
    public Protocol(ProtocolSettings settings, @Nullable DeflatePool deflate, ProtocolListener listener) {
        this.settings = settings;
        this.deflate = deflate;
        this.listener = listener;
    }

    // ---- what the owner asks

    /**
     * Closes: a close frame goes out behind what has been written, TCP ends when the peer has answered or time is up. Does nothing if one is
     * out already.
     *
     * @param code {@link CloseCodes#NONE} for none
     * @throws IllegalArgumentException if the code must not be sent
     */
    public void close(int code, String reason) {
        if (state == State.OPEN) {
            Closing.send(context(), code, reason, settings);
            state = State.CLOSING;
            resume(); // the answer has to be read
        }
    }

    /** Sends a ping; does nothing while the channel takes nothing, or after a close frame. */
    public void ping() {
        if (state == State.OPEN && context().channel().isWritable()) {
            context().writeAndFlush(Frames.ping(context().alloc()), context().voidPromise());
        }
    }

    /** Whether a close frame has been written: nothing may follow it. */
    public boolean isClosing() {
        return state != State.OPEN;
    }

    /** Reads and delivers nothing more until {@link #resume}. Ignored after a close frame. */
    public void pause() {
        if (state == State.OPEN && !paused) {
            paused = true;
            context().channel().config().setAutoRead(false);
        }
    }

    /** Goes on, first with what had been read already; may deliver before it returns. */
    public void resume() {
        if (!paused) {
            return;
        }
        paused = false;
        if (!decoding && held != null) {
            decode(takeHeld());
            flush();
        }
        if (!paused) {
            context().channel().config().setAutoRead(true);
        }
    }

    public boolean isPaused() {
        return paused;
    }

    /** Whether anything has been read since the last time this was asked. */
    public boolean takeHeard() {
        boolean was = heard;
        heard = false;
        return was;
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext known = ctx;
        if (known == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return known;
    }

    // ---- what netty tells

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
        if (!added.channel().isActive()) {
            added.executor().execute(this::gone); // closed on the way here
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext self, Object message) {
        ByteBuf in = (ByteBuf) message;
        heard = true;
        if (paused || decoding) { // TLS hands over all it has; opening the valve may read at once
            held = held == null ? in : merge(held, in);
        } else {
            decode(in);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext self) {
        flush();
        listener.readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext self) {
        boolean writable = self.channel().isWritable();
        if (writable && unsentPong != null && state == State.OPEN) {
            pong(unsentPong);
            unsentPong = null;
            flush();
        }
        listener.writabilityChanged(writable);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext self, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            self.close(); // an end without a close frame, or after it
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext self, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof IOException) { // TLS wraps its own
            LOG.debug("A WebSocket connection failed", cause);
            self.close();
        } else {
            fail(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext self) {
        gone();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext self) {
        drop();
    }

    private void gone() {
        drop();
        if (state != State.GONE) {
            state = State.GONE;
            listener.gone();
        }
    }

    private void drop() {
        if (held != null) {
            held.release();
            held = null;
        }
        dropMessage();
    }

    private void dropMessage() {
        if (arriving != null) {
            arriving.discard();
            arriving = null;
        }
    }

    private void flush() {
        if (unflushed) {
            unflushed = false;
            context().flush();
        }
    }

    // ---- bytes in

    /** Takes over the buffer. */
    private void decode(@Nullable ByteBuf in) {
        decoding = true;
        try {
            for (ByteBuf now = in; now != null; now = paused ? null : takeHeld()) {
                run(now);
                keep(now);
            }
        } finally {
            decoding = false;
        }
    }

    private void run(ByteBuf in) {
        try {
            while (in.isReadable() && !paused && state.compareTo(State.DEAF) < 0) {
                step(in);
            }
        } catch (Violation violation) {
            violated(violation);
        } catch (RuntimeException | Error e) { // whatever the listener throws, the buffer is ours
            fail(e);
        }
    }

    /** What is left of a buffer waits until reading goes on (I2), unless nobody wants it. */
    private void keep(ByteBuf in) {
        if (in.isReadable() && paused && state == State.OPEN) {
            held = held == null ? in : merge(in, held);
        } else {
            in.release();
        }
    }

    private @Nullable ByteBuf takeHeld() {
        ByteBuf taken = held;
        held = null;
        return taken;
    }

    private ByteBuf merge(ByteBuf first, ByteBuf second) {
        return ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context().alloc(), first, second);
    }

    private void fail(Throwable cause) {
        LOG.warn("A listener of WebSocket messages failed; its connection is closed with 1011", cause);
        close(CloseCodes.INTERNAL_ERROR, "internal error");
    }

    private void step(ByteBuf in) {
        if (!head.isWhole()) {
            if (!head.read(in, deflate != null)) {
                return;
            }
            begin();
        }
        if (head.isControl()) {
            control(in);
        } else if (state == State.OPEN) {
            data(in);
        } else {
            skip(in);
        }
    }

    private void begin() {
        if (head.isControl()) {
            control = new byte[(int) head.left()];
            countControl();
        } else if (state == State.OPEN) {
            beginData();
        }
    }

    private void beginData() {
        boolean continues = head.opcode() == Frames.CONTINUATION;
        if (continues == (arriving == null)) {
            throw Violation.protocol(continues ? "continuation of nothing" : "message within a message");
        }
        if (!continues) {
            Inflation inflation = head.isDeflated() && deflate != null ? new Inflation(deflate) : null;
            arriving = new Arriving(settings, head.opcode() == Frames.TEXT, inflation);
        }
        arriving.frame(head);
    }

    private void data(ByteBuf in) {
        Arriving message = arriving;
        if (message == null) {
            throw new IllegalStateException("data without a message");
        }
        message.add(head, in);
        if (head.left() > 0) {
            return;
        }
        head.next();
        if (head.isFinal()) {
            message.end();
            dropMessage();
            message.deliver(listener);
        }
    }

    private void skip(ByteBuf in) {
        int count = head.available(in);
        in.skipBytes(count);
        head.skip(count);
        if (head.left() == 0) {
            head.next();
        }
    }

    // ---- control frames

    private void control(ByteBuf in) {
        byte[] payload = control;
        if (payload == null) {
            throw new IllegalStateException("payload without a control frame");
        }
        head.take(in, payload, payload.length - (int) head.left(), head.available(in));
        if (head.left() > 0) {
            return;
        }
        head.next();
        control = null;
        switch (head.opcode()) {
            case Frames.PING -> ping(payload);
            case Frames.PONG -> listener.pong();
            default -> peerCloses(payload);
        }
    }

    private void ping(byte[] payload) {
        if (state != State.OPEN) {
            return; // I1
        }
        if (context().channel().isWritable()) {
            pong(payload);
        } else {
            unsentPong = payload; // I3
        }
    }

    private void pong(byte[] payload) {
        context().write(Frames.pong(context().alloc(), payload), context().voidPromise());
        unflushed = true;
    }

    /** Fixed windows of a second: cheap, and twice the rate is still no flood. */
    private void countControl() {
        if (settings.controlFramesPerSecond() == 0 || head.opcode() == Frames.CLOSE) {
            return;
        }
        long now = System.nanoTime();
        if (controlFrames == 0 || now - controlSince > 1_000_000_000L) {
            controlSince = now;
            controlFrames = 0;
        }
        if (++controlFrames > settings.controlFramesPerSecond()) {
            throw new Violation(
                    CloseCodes.POLICY, "more than " + settings.controlFramesPerSecond() + " control frames a second");
        }
    }

    private void peerCloses(byte[] payload) {
        PeerClose close = PeerClose.of(payload);
        State before = state;
        state = State.DEAF;
        if (before == State.OPEN) {
            tell(() -> listener.peerClosed(close.code(), close.reason()));
            Closing.answer(context(), close.code(), settings);
        } else {
            context().close();
        }
    }

    private void violated(Violation violation) {
        State before = state;
        state = State.DEAF;
        dropMessage();
        if (before == State.OPEN) {
            tell(() -> listener.violated(violation.code(), violation.reason()));
            Closing.fail(context(), violation, settings);
        } else {
            context().close();
        }
    }

    /** First of all, because sending the frame may be what closes the channel. */
    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener of WebSocket messages failed at the end of its connection", e);
        }
    }
}
