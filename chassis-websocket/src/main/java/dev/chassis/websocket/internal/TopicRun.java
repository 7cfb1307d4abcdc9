package dev.chassis.websocket.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Parcels on their way to the members of a topic, from the last to the first, with room for others in between. Loop-only.
 *
 * <p>I1: whoever is at {@code left} or behind has been told, or is new and knows that these are not for it. A member that leaves is
 * replaced by the last one, who then may come up again and is known by its {@code run}.
 */
final class TopicRun {

    private final Members members;
    private final List<Parcel> parcels = new ArrayList<>();
    private int left;

    TopicRun(Members members) {
        this.members = members;
        this.left = members.size();
    }

    void add(Publication part) {
        if (parcels.isEmpty() || !parcels.get(parcels.size() - 1).add(part)) {
            Parcel next = new Parcel();
            next.add(part);
            parcels.add(next);
        }
    }

    /** Tells up to {@code limit} members; returns how many. Less than the limit means that it is over. */
    int tell(int limit, int run, List<Outbox> unflushed) {
        int told = 0;
        left = Math.min(left, members.size());
        while (told < limit && left > 0) {
            left--;
            told++;
            tell(members.get(left), run, unflushed);
        }
        return told;
    }

    private void tell(Membership member, int run, List<Outbox> unflushed) {
        if (member.run == run) {
            return;
        }
        member.run = run;
        Outbox outbox = member.outbox;
        for (Parcel parcel : parcels) {
            if (parcel.tell(member, outbox.channel().alloc())) {
                unflushed.add(outbox);
            }
        }
    }

    void release() {
        parcels.forEach(Parcel::release);
    }
}
