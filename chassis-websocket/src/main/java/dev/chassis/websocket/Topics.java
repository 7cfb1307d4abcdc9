package dev.chassis.websocket;

import dev.chassis.bus.ClusterBus;
import dev.chassis.json.Json;
import dev.chassis.websocket.internal.ClusterSettings;
import dev.chassis.websocket.internal.EncodedMessage;
import dev.chassis.websocket.internal.Outbox;
import dev.chassis.websocket.internal.ResumeSettings;
import dev.chassis.websocket.internal.ResumeTokens;
import dev.chassis.websocket.internal.TopicHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What many sessions hear: a message published to a topic reaches every session that has joined it ({@link Reply#join}), at every task
 * where the sockets stand {@linkplain WebSockets#over over a cluster bus}.
 *
 * <p>Sessions of this task are told at once and never wait for the bus. Other tasks are told at most once: where one may have missed
 * something, its sessions in a topic are told {@code {"type":"resync","topic":…}}, and fetch their state anew.
 *
 * <p>Thread-safe; nothing here blocks. I1: {@code hub} is made once, by whoever needs it first; {@code bus} and {@code resumable} are set
 * before.
 */
public final class Topics {

    private static final int RESUME_MESSAGES = 256;
    private static final int RESUME_BYTES = 64 * 1024;
    private static final int RESUME_TOPICS = 1000;
    private static final long TOKEN_INTERVAL_NANOS = 1_000_000_000L;
    private static final Duration RESUME_TIME = Duration.ofMinutes(2);

    private final String name;
    private final Json json;
    private final byte[] key;
    private @Nullable ClusterBus bus;
    private @Nullable Predicate<String> resumable;
    private @Nullable TopicHub hub; // guarded by this

    Topics(String name, Json json, byte[] key) {
        this.name = name;
        this.json = json;
        this.key = key;
    }

    /** Tells every session in the topic, in the order in which this is called. Encoded once, compressed once. */
    public void publish(String topic, Message message) {
        hub().publish(topic, message.encoded(json), message.delivery());
    }

    /** The users with a session in the topic, at all tasks; those of a task that has died for 90 s more. */
    public Set<String> present(String topic) {
        return hub().present(topic);
    }

    void over(ClusterBus cluster) {
        bus = cluster;
    }

    void resumable(Predicate<String> topics) {
        resumable = topics;
    }

    void join(Outbox session, String topic, Optional<Principal> who, @Nullable String token) {
        hub().join(session, topic, who.map(Principal::user).orElse(null), token);
    }

    void leave(Outbox session, String topic) {
        hub().leave(session, topic);
    }

    void leaveAll(Outbox session) {
        hub().leaveAll(session);
    }

    void start() {
        hub().start();
    }

    void stop(long nanos) throws InterruptedException {
        TopicHub made = made();
        if (made != null) {
            made.stop(nanos);
        }
    }

    Optional<String> trouble() {
        return Optional.ofNullable(hub().trouble());
    }

    long gaps() {
        return hub().gaps();
    }

    long untold() {
        return hub().untold();
    }

    private synchronized @Nullable TopicHub made() {
        return hub;
    }

    private synchronized TopicHub hub() {
        TopicHub made = hub;
        if (made == null) {
            String channel = "chassis." + name + ".topics";
            made = new TopicHub(topic -> tell("resync", topic, null), resume(), bus, ClusterSettings.of(channel));
            hub = made; // I1
        }
        return made;
    }

    private @Nullable ResumeSettings resume() {
        Predicate<String> topics = resumable;
        return topics == null
                ? null
                : new ResumeSettings(
                        topics,
                        RESUME_MESSAGES,
                        RESUME_BYTES,
                        RESUME_TOPICS,
                        TOKEN_INTERVAL_NANOS,
                        new ResumeTokens(name, key, RESUME_TIME.toMillis(), System::currentTimeMillis),
                        (topic, token) -> tell("resume", topic, token));
    }

    private EncodedMessage tell(String type, String topic, @Nullable String token) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put("topic", topic);
        if (token != null) {
            message.put("token", token);
        }
        return EncodedMessage.text(new String(json.encode(message), StandardCharsets.UTF_8));
    }
}
