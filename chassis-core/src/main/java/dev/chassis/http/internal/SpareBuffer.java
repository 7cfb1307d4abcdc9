package dev.chassis.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of one event loop are written into. Mostly the kernel takes an answer as soon as it is written, so one buffer, used again
 * and again, does for nearly all: it is sooner had than one of the pool, and always in the processor's cache. Loop-only.
 *
 * <ul>
 *   <li>I1: one reference to {@code spare} is ours; it is handed out only while there is no other, so nobody's bytes are written over.
 * </ul>
 */
final class SpareBuffer {

    private @Nullable ByteBuf spare;

    /** An empty buffer for so many bytes, whose reference is the caller's. */
    ByteBuf take(ByteBufAllocator pool, int bytes) {
        if (bytes > Limits.CHUNK_BYTES) {
            return pool.directBuffer(bytes);
        }
        ByteBuf ours = spare;
        if (ours == null) {
            ours = pool.directBuffer(Limits.CHUNK_BYTES, Limits.CHUNK_BYTES);
            spare = ours;
        }
        return ours.refCnt() == 1 ? ours.clear().retain() : pool.directBuffer(bytes); // I1
    }

    /** Gives it up where a connection has held on to it since its turn: the client does not read. The next answer begins another one. */
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
