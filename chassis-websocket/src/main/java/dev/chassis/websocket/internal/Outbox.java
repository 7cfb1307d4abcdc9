package dev.chassis.websocket.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What goes out to one session: never blocks, never grows without bound.
 *
 * <p>A message goes to the channel while that takes bytes, and waits in a lane otherwise: the chassis' own before all, then the latest
 * value of each key and the ordered rest by turns. What finds no room in the budget is dropped, replaces others, or costs the session
 * its connection, as its {@link Delivery} says.
 *
 * <p>{@link #offer} and {@link #isClosed} are for any thread, the rest for the channel's event loop.
 *
 * <ul>
 *   <li>I1: only the event loop writes, and only when {@code lanes} is null or for what it takes from there: messages of one lane leave
 *       in the order in which {@code offer} said QUEUED.
 *   <li>I2: {@code lanes} is not null if and only if something waits. It changes under this object's lock, under which nothing foreign is
 *       called; the loop may read it without.
 *   <li>I3: what waits is within the budget (see {@link Lanes}); what the channel holds is below its high water mark, plus one write.
 *   <li>I4: whatever waits while the channel takes bytes has a run {@code scheduled} or follows when the channel becomes writable.
 *   <li>I5: once closed, nothing is accepted, and what was not sent has been counted as dropped; a finishing one still sends what waits.
 * </ul>
 *
 * <p>One per session, so it has no more fields than it needs.
 */
public final class Outbox implements Runnable {

    /** Small messages are gathered into writes of about this size. */
    private static final int WRITE_BYTES = 16 * 1024;

    private enum State {
        OPEN,
        FINISHING,
        TOO_SLOW,
        CLOSED
    }

    private final Channel channel;
    private final OutboxSettings settings;
    private final OutboxListener listener;
    private final @Nullable DeflatePool deflate;
    private volatile @Nullable Lanes lanes;
    private volatile State state = State.OPEN;
    private boolean scheduled; // guarded by this
    private boolean unflushed; // loop
    private long stuckSince; // loop; 0 while the channel takes bytes
    private @Nullable Runnable finished; // loop

    @Nullable
    Membership joined; // loop; the first of a chain

    /**
     * An empty outbox.
     *
     * @param deflate if the session has agreed to be sent compressed messages
     */
    public Outbox(Channel channel, OutboxSettings settings, OutboxListener listener, @Nullable DeflatePool deflate) {
        this.channel = channel;
        this.settings = settings;
        this.listener = listener;
        this.deflate = deflate;
    }

    /** Sends a message, now or later. Never blocks; any thread. */
    public SendResult offer(EncodedMessage message, Delivery delivery) {
        SendResult result;
        boolean first;
        synchronized (this) {
            result = add(message, delivery);
            first = (result == SendResult.QUEUED || state == State.TOO_SLOW) && !scheduled;
            scheduled |= first;
        }
        if (first && !schedule()) {
            return SendResult.CLOSED;
        }
        count(result);
        return result;
    }

    private boolean schedule() {
        try {
            channel.eventLoop().execute(this);
            return true;
        } catch (RejectedExecutionException stopped) { // and the connection with it
            close();
            return false;
        }
    }

    private SendResult add(EncodedMessage message, Delivery delivery) {
        if (state != State.OPEN) {
            return SendResult.CLOSED;
        }
        Lanes waiting = lanes;
        if (waiting == null) {
            waiting = new Lanes(deflate);
        }
        SendResult result = waiting.add(message, delivery, settings);
        if (result == SendResult.CLOSED) {
            state = State.TOO_SLOW;
        }
        lanes = waiting.isEmpty() ? null : waiting;
        return result;
    }

    private void count(SendResult result) {
        if (result == SendResult.CONFLATED) {
            settings.conflated().increment();
        } else if (result == SendResult.DROPPED) {
            settings.dropped().increment();
        }
    }

    /** Whether it takes nothing more. Any thread. */
    public boolean isClosed() {
        return state != State.OPEN;
    }

    public Channel channel() {
        return channel;
    }

    @Nullable
    DeflatePool deflate() {
        return deflate;
    }

    // ---- on the event loop

    /** Whether nothing waits and the channel takes bytes, so that frames may go past the lanes. */
    boolean takesFrames() {
        return lanes == null && state == State.OPEN && channel.isWritable();
    }

    /**
     * Writes whole frames, which must suit {@link #deflate}; only when {@link #takesFrames}. Takes the buffer over.
     *
     * @return whether {@link #flush} must follow, because nobody has been told so before
     */
    boolean writeFrames(ByteBuf frames) {
        channel.write(frames, channel.voidPromise());
        boolean first = !unflushed;
        unflushed = true;
        return first;
    }

    /** Flushes what has been written since the last time. */
    public void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    /** Sends what waits, as far as the channel takes it. */
    @Override
    public void run() {
        synchronized (this) {
            scheduled = false;
        }
        if (state == State.TOO_SLOW) {
            giveUp("more than " + settings.budgetBytes() + " bytes wait for it");
            return;
        }
        drain();
    }

    /** The channel takes bytes again. */
    public void writable() {
        stuckSince = 0;
        drain();
    }

    private void drain() {
        while (lanes != null && channel.isWritable() && channel.isActive()) {
            ByteBuf frames = gather();
            channel.write(frames, channel.voidPromise());
            unflushed = true;
        }
        flush();
        Runnable then = finished;
        if (then != null && lanes == null) {
            finished = null;
            then.run();
        }
    }

    private synchronized ByteBuf gather() {
        Lanes waiting = lanes;
        if (waiting == null) {
            throw new IllegalStateException("nothing waits");
        }
        ByteBuf frames = channel.alloc().directBuffer(Math.min(WRITE_BYTES, waiting.bytes()));
        do {
            waiting.remove().writeTo(frames, deflate);
        } while (!waiting.isEmpty() && frames.readableBytes() < WRITE_BYTES);
        lanes = waiting.isEmpty() ? null : waiting;
        return frames;
    }

    /**
     * For the sweep of the loop: gives the session up if its channel has taken nothing for too long.
     *
     * @param nowNanos {@link System#nanoTime}
     */
    public void sweep(long nowNanos) {
        if (channel.isWritable()) {
            stuckSince = 0;
        } else if (stuckSince == 0) {
            stuckSince = nowNanos | 1; // never 0
        } else if (nowNanos - stuckSince >= settings.slowNanos() && !isGivenUp()) {
            giveUp("its socket took nothing for " + (nowNanos - stuckSince) / 1_000_000 + " ms");
        }
    }

    private boolean isGivenUp() {
        return state == State.CLOSED;
    }

    private void giveUp(String reason) {
        close();
        listener.tooSlow(reason);
    }

    /** Accepts nothing more, sends what waits and then calls {@code then}, perhaps before it returns; never, if it is closed before. */
    public void finish(Runnable then) {
        synchronized (this) {
            if (state == State.OPEN) {
                state = State.FINISHING;
            }
        }
        finished = then;
        drain();
    }

    /** Accepts and sends nothing more; for whoever has written a close frame, and when the channel is gone. Idempotent. */
    public void close() {
        Lanes unsent;
        synchronized (this) {
            state = State.CLOSED;
            unsent = lanes;
            lanes = null;
        }
        finished = null;
        if (unsent != null) {
            settings.dropped().add(unsent.count());
        }
    }

    /** Whether everything accepted has been handed to the kernel. */
    public boolean isSent() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return lanes == null && !unflushed && (pending == null || pending.isEmpty());
    }

    /** How much more may wait here. */
    int room() {
        return settings.budgetBytes() - waitingBytes();
    }

    /** Bytes that wait here, without those of the channel. Any thread. */
    public synchronized int waitingBytes() {
        Lanes waiting = lanes;
        return waiting == null ? 0 : waiting.bytes();
    }
}
