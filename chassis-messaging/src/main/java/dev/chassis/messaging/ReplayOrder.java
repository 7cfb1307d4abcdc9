package dev.chassis.messaging;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.chassis.http.HttpException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the admin port is asked to put back: the conditions of {@link DeadLetterFilter}, of which none means all letters, and how. A member
 * nobody knows is refused, because a condition that is misspelt would be no condition. Immutable.
 *
 * @param dryRun whether letters are only counted; false unless said
 * @param perSecond how many are put back in a second; 10 unless said
 * @param most how many are looked at; 1 000 unless said
 */
record ReplayOrder(
        @Nullable Boolean dryRun,
        @Nullable Double perSecond,
        @Nullable Integer most,
        @Nullable String reason,
        @Nullable String type,
        @Nullable Duration olderThan,
        @Nullable Map<String, String> headers,
        @JsonAnySetter @Nullable Map<String, Object> unknown) {

    static final ReplayOrder ALL = new ReplayOrder(null, null, null, null, null, null, null, null);

    static final double PER_SECOND = 10;
    static final int MOST = 1_000;

    ReplayOrder {
        if (unknown != null && !unknown.isEmpty()) {
            throw HttpException.badRequest(unknown.keySet().iterator().next()
                    + " (expected: dryRun, perSecond, most, reason, type, olderThan or headers)");
        }
    }

    /** How; throws {@link IllegalArgumentException} for numbers that make no sense. */
    DeadLetters.Replay how() {
        return new DeadLetters.Replay(
                Boolean.TRUE.equals(dryRun),
                Objects.requireNonNullElse(perSecond, PER_SECOND),
                Objects.requireNonNullElse(most, MOST));
    }

    DeadLetterFilter filter() {
        DeadLetterFilter filter = DeadLetterFilter.all();
        filter = reason == null ? filter : filter.reason(reason);
        filter = type == null ? filter : filter.type(type);
        filter = olderThan == null ? filter : filter.olderThan(olderThan);
        if (headers != null) {
            for (Map.Entry<String, String> header : headers.entrySet()) {
                filter = filter.header(header.getKey(), header.getValue());
            }
        }
        return filter;
    }
}
