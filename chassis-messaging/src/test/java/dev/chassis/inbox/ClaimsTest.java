package dev.chassis.inbox;

import static dev.chassis.inbox.Inboxes.config;
import static dev.chassis.inbox.Inboxes.delivery;
import static dev.chassis.inbox.Inboxes.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.inbox.InboxStore.Result;
import dev.chassis.lifecycle.Component;
import dev.chassis.messaging.Outcome;
import dev.chassis.testing.ComponentContract;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An inbox over keys that expire. These are in memory and expire when told to. */
class ClaimsTest implements ComponentContract {

    private final Keys keys = new Keys();
    private final Inbox<Claim> inbox = Inbox.claims("inbox", config("busy-delay", "3s"), keys);
    private final AtomicInteger effects = new AtomicInteger();

    @Override
    public Component create() {
        return Inbox.claims("inbox", config(), keys);
    }

    @Test
    void handlesAMessageOnce() throws Exception {
        assertThat(inbox.handle("billing", "m", this::effect)).isEqualTo(Result.HANDLED);
        assertThat(inbox.handle("billing", "m", this::effect)).isEqualTo(Result.DUPLICATE);
        assertThat(effects).hasValue(1);
    }

    @Test
    void letsGoOfTheClaimWhenTheWorkFails() throws Exception {
        assertThatThrownBy(() -> inbox.handle("billing", "m", claim -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(inbox.handle("billing", "m", claim -> false)).isEqualTo(Result.UNDONE);
        assertThat(inbox.handle("billing", "m", this::effect)).isEqualTo(Result.HANDLED);
    }

    @Test
    void triesAgainLaterWhatIsBeingHandledElsewhere() throws Exception {
        inbox.handle("billing", "m", claim -> {
            assertThat(claim.until().isExpired()).isFalse();
            Outcome second = inbox.<String>once("billing", (other, delivery) -> Outcome.ack())
                    .handle(delivery("m"));
            assertThat(second.kind()).isEqualTo(Outcome.Kind.RETRY);
            assertThat(second.delay()).isEqualTo(Duration.ofSeconds(3));
            return effect(claim);
        });
        assertThat(effects).hasValue(1);
    }

    @Test
    void leavesTheClaimOfWhoCameAfterItsOwnExpired() throws Exception {
        inbox.handle("billing", "m", slow -> {
            keys.expireAll();
            inbox.handle("billing", "m", next -> {
                return effect(next);
            });
            return false;
        });
        assertThat(inbox.handle("billing", "m", this::effect))
                .as("the second one's note is still there")
                .isEqualTo(Result.DUPLICATE);
        assertThat(effects).hasValue(1);
    }

    @Test
    void hasNoUnitOfTheCallers() {
        assertThatThrownBy(() -> inbox.handle(new Claim(soon()), "billing", "m", this::effect))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private boolean effect(Claim claim) {
        return effects.incrementAndGet() > 0;
    }

    private static final class Keys implements Claims {

        private final Map<String, String> values = new ConcurrentHashMap<>();

        @Override
        public @Nullable String putIfAbsent(String key, String value, Duration timeToLive) {
            return values.putIfAbsent(key, value);
        }

        @Override
        public void put(String key, String value, Duration timeToLive) {
            values.put(key, value);
        }

        @Override
        public void remove(String key, String value) {
            values.remove(key, value);
        }

        void expireAll() {
            values.clear();
        }
    }
}
