package dev.chassis.websocket.internal;

import org.jspecify.annotations.Nullable;

/** One session in one topic. Belongs to the event loop of its session. */
final class Membership {

    final Outbox outbox;
    final Members members;

    /** It is told what has a greater number. */
    final long after;

    /** Who it is for presence, null if it is not told. */
    final @Nullable String who;

    /** The next topic of the same session. */
    @Nullable
    Membership next;

    /** Its place in {@link Members}. */
    int index;

    /** The last run that has told it; whoever is moved while a run goes on must not be told twice. */
    int run;

    Membership(Outbox outbox, Members members, long after, @Nullable String who) {
        this.outbox = outbox;
        this.members = members;
        this.after = after;
        this.who = who;
    }
}
