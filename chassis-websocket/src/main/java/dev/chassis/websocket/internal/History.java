package dev.chassis.websocket.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last messages of the topics that have opted in, for sessions that come back. Not thread-safe; guarded by the hub.
 *
 * <ul>
 *   <li>I1: a topic keeps at most so many messages and bytes, and there are at most so many topics.
 *   <li>I2: {@code lost} of a topic, and of all topics that were given up, has for each node the greatest number that is not here any more.
 * </ul>
 */
final class History {

    private final ResumeSettings settings;
    private final Map<UUID, Long> lost = new HashMap<>();
    private final LinkedHashMap<String, Topic> topics = new LinkedHashMap<>(16, 0.75f, true);

    History(ResumeSettings settings) {
        this.settings = settings;
    }

    private record Kept(UUID node, long sequence, Publication publication) {}

    private static final class Topic {
        private final Deque<Kept> kept = new ArrayDeque<>();
        private final Map<UUID, Long> lost;
        private int bytes;
        private long tokenAt = Long.MIN_VALUE;

        private Topic(Map<UUID, Long> lost) {
            this.lost = new HashMap<>(lost);
        }

        private void dropFirst() {
            Kept first = kept.remove();
            bytes -= first.publication().message().size(null);
            lost.merge(first.node(), first.sequence(), Math::max);
        }
    }

    boolean keeps(String topic) {
        return settings.topics().test(topic);
    }

    void add(UUID node, long sequence, Publication publication) {
        Topic topic = topic(publication.topic());
        topic.kept.add(new Kept(node, sequence, publication));
        topic.bytes += publication.message().size(null);
        while (topic.kept.size() > settings.messages() || topic.bytes > settings.bytes()) {
            topic.dropFirst();
        }
    }

    private Topic topic(String name) {
        Topic known = topics.get(name);
        if (known != null) {
            return known;
        }
        if (topics.size() >= settings.maxTopics()) {
            giveUp(topics.remove(topics.keySet().iterator().next())); // the one that was used least recently
        }
        Topic made = new Topic(lost);
        topics.put(name, made);
        return made;
    }

    private void giveUp(@Nullable Topic topic) {
        while (topic != null && !topic.kept.isEmpty()) {
            topic.dropFirst();
        }
        if (topic != null) {
            topic.lost.forEach((node, number) -> lost.merge(node, number, Math::max));
        }
    }

    /** Whether a new token is due for the topic; if so it is given, and the next one an interval later. */
    boolean takeToken(String name, long nowNanos) {
        Topic topic = topic(name);
        boolean due = topic.tokenAt == Long.MIN_VALUE || nowNanos - topic.tokenAt >= settings.tokenIntervalNanos();
        if (due) {
            topic.tokenAt = nowNanos;
        }
        return due;
    }

    /** What a topic told after a position; null if some of it is not here any more. */
    @Nullable
    List<Publication> since(String name, Map<UUID, Long> position) {
        Topic topic = topic(name);
        boolean whole = topic.lost.entrySet().stream()
                .allMatch(each -> position.getOrDefault(each.getKey(), 0L) >= each.getValue());
        return whole
                ? topic.kept.stream()
                        .filter(kept -> kept.sequence() > position.getOrDefault(kept.node(), 0L))
                        .map(Kept::publication)
                        .toList()
                : null;
    }
}
