package dev.chassis.inbox;

import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.UUID;

/**
 * Keys in a store apart from the work: a claim while it runs, a note when it is done. At least once, because there are two moments in which
 * effect and note are not the same: a task that dies after the effect and before the note leaves a claim that expires, and work that takes
 * longer than its claim may be done by two. Thread-safe: it has no state.
 */
final class ClaimStore implements InboxStore<Claim> {

    private static final String DONE = "done";

    private final Claims claims;
    private final Duration claim;
    private final Duration retention;

    ClaimStore(Claims claims, Duration claim, Duration retention) {
        this.claims = claims;
        this.claim = claim;
        this.retention = retention;
    }

    @Override
    public Result run(String consumer, String messageId, InboxWork<Claim> work) throws Exception {
        String key = consumer + ":" + messageId;
        String mine = UUID.randomUUID().toString(); // so that a claim that was lost is not taken from who has it now
        Deadline until = Deadline.after(claim);
        String there = claims.putIfAbsent(key, mine, claim);
        if (there != null) {
            return there.equals(DONE) ? Result.DUPLICATE : Result.BUSY;
        }
        return run(key, mine, work, new Claim(until));
    }

    private Result run(String key, String mine, InboxWork<Claim> work, Claim given) throws Exception {
        boolean done = false;
        try {
            done = work.run(given);
        } finally {
            if (!done) {
                claims.remove(key, mine);
            }
        }
        if (done) {
            claims.put(key, DONE, retention);
        }
        return done ? Result.HANDLED : Result.UNDONE;
    }

    @Override
    public Result runIn(Claim unit, String consumer, String messageId, InboxWork<Claim> work) {
        throw new UnsupportedOperationException("a claim is for one message (expected: handle without a claim)");
    }

    @Override
    public void verify() {}

    /** Keys expire by themselves. */
    @Override
    public long forget(Duration unused) {
        return 0;
    }
}
