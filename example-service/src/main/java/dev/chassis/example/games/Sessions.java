package dev.chassis.example.games;

import dev.chassis.http.HttpException;
import dev.chassis.redis.RedisPool;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is signed in, by token: the player's id in Redis, for {@code games.session-lifetime}. Thread-safe.
 *
 * <p>While Redis is away nobody can tell who asks: each method throws an {@link HttpException} with status 503 then.
 */
final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final RedisPool<String, String> redis;
    private final GamesConfig config;

    Sessions(RedisPool<String, String> redis, GamesConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /** Opens a session and returns its token. */
    String open(Player player) {
        String token = UUID.randomUUID().toString();
        SetArgs lifetime = SetArgs.Builder.px(config.sessionLifetime());
        ask(commands -> commands.set(key(token), Long.toString(player.id()), lifetime));
        return token;
    }

    /** Whose session it is; empty if there is none, or none any more. */
    Optional<Long> player(String token) {
        return Optional.ofNullable(ask(commands -> commands.get(key(token)))).map(Long::valueOf);
    }

    private String key(String token) {
        return config.prefix() + ":session:" + token;
    }

    private @Nullable String ask(Function<RedisClusterCommands<String, String>, @Nullable String> question) {
        try {
            return question.apply(redis.sync());
        } catch (RedisException e) {
            LOG.warn("sessions are away: {}", e.toString());
            throw HttpException.unavailable(RETRY_AFTER, "sessions are not available now; try again");
        }
    }
}
