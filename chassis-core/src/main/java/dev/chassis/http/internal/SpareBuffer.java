package dev.chassis.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of one event loop are written into, or the heads of its requests read from. Mostly the kernel takes an answer as soon as
 * it is written, and a head arrives whole, so one buffer, used again and again, does for nearly all: it is sooner had than one of the pool,
 * and always in the processor's cache. Loop-only.
 *
 * <ul>
 *   <li>I1: one reference to {@code spare} is ours; it is handed out only while there is no other, so nobody's bytes are written over.
 * </ul>
 */
final class SpareBuffer {

    /** Where the bytes are. */
    @FunctionalInterface
    interface Kind {
        ByteBuf buffer(ByteBufAllocator pool, int bytes, int maxBytes);
    }

    private final Kind kind;
    private @Nullable ByteBuf spare;

    SpareBuffer(Kind kind) {
        this.kind = kind;
    }

    /** An empty buffer for so many bytes, whose reference is the caller's. */
    ByteBuf take(ByteBufAllocator pool, int bytes) {
        if (bytes > Limits.CHUNK_BYTES) {
            return kind.buffer(pool, bytes, bytes);
        }
        ByteBuf ours = spare;
        if (ours == null) {
            ours = kind.buffer(pool, Limits.CHUNK_BYTES, Limits.CHUNK_BYTES);
            spare = ours;
        }
        return ours.refCnt() == 1 ? ours.clear().retain() : kind.buffer(pool, bytes, bytes); // I1
    }

    /** Gives it up where a connection has held on to it since its turn: its client does not read, or has not sent all. The next one begins another. */
    void renew() {
        if (spare != null && spare.refCnt() > 1) {
            release();
        }
    }

    /** Nobody answers any more, for now. */
    void release() {
        if (spare != null) {
            spare.release();
            spare = null;
        }
    }
}
