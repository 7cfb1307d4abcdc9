package dev.chassis.websocket.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages to one topic that have come together, made into one buffer for everybody who is up to date: one write each, whose bytes are
 * shared. Loop-only.
 */
final class Parcel {

    private static final int MAX_BYTES = 32 * 1024;

    private final List<Publication> parts = new ArrayList<>();
    private int bytes;
    private @Nullable ByteBuf plain;
    private @Nullable ByteBuf deflated;

    /** Returns whether there was room; there always is for the first. */
    boolean add(Publication part) {
        int size = part.message().size(null);
        if (!parts.isEmpty() && bytes + size > MAX_BYTES) {
            return false;
        }
        bytes += size;
        return parts.add(part);
    }

    /**
     * Tells a member.
     *
     * @return whether its outbox must be flushed, because nobody has been told so before
     */
    boolean tell(Membership member, ByteBufAllocator allocator) {
        Outbox outbox = member.outbox;
        if (parts.get(0).number() > member.after && outbox.takesFrames()) {
            return outbox.writeFrames(frames(allocator, outbox.deflate()).retainedDuplicate());
        }
        tellOneByOne(member);
        return false;
    }

    private void tellOneByOne(Membership member) {
        for (Publication part : parts) {
            if (part.number() > member.after && !part.ifIdle()) {
                member.outbox.offer(part.message(), part.delivery());
            }
        }
    }

    private ByteBuf frames(ByteBufAllocator allocator, @Nullable DeflatePool deflate) {
        ByteBuf known = deflate == null ? plain : deflated;
        if (known != null) {
            return known;
        }
        ByteBuf made = allocator.directBuffer(bytes);
        parts.forEach(part -> part.message().writeTo(made, deflate));
        if (deflate == null) {
            plain = made;
        } else {
            deflated = made;
        }
        return made;
    }

    void release() {
        if (plain != null) {
            plain.release();
        }
        if (deflated != null) {
            deflated.release();
        }
    }
}
