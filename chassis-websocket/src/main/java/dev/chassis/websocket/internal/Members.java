package dev.chassis.websocket.internal;

import java.util.ArrayList;
import java.util.List;

/** The sessions of one event loop in one topic. Loop-only. I1: each knows its index. */
final class Members {

    private final String topic;
    private final List<Membership> all = new ArrayList<>(1);

    Members(String topic) {
        this.topic = topic;
    }

    String topic() {
        return topic;
    }

    int size() {
        return all.size();
    }

    Membership get(int index) {
        return all.get(index);
    }

    void add(Membership member) {
        member.index = all.size();
        all.add(member);
    }

    /** The last one takes its place. */
    void remove(Membership member) {
        Membership last = all.remove(all.size() - 1);
        if (last != member) {
            all.set(member.index, last);
            last.index = member.index;
        }
    }
}
