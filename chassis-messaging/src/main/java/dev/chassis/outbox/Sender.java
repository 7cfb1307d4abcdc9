package dev.chassis.outbox;

import dev.chassis.messaging.Message;
import dev.chassis.messaging.PublishResult;
import java.util.concurrent.CompletionStage;

/** Publishes for the outbox: a publisher with confirms. Called by one thread at a time; the stage may complete on any. */
@FunctionalInterface
public interface Sender {

    /**
     * Begins to publish. May block for a while, as a publisher with a full window does; much less than the lease.
     *
     * @return what became of it. One that never completes counts as timed out after {@link OutboxConfig#sendTimeout()}
     */
    CompletionStage<PublishResult> send(String exchange, String routingKey, Message message);
}
