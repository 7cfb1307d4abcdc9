package dev.chassis.messaging;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A message that was accepted and of which nobody knows yet what became of it.
 *
 * <p>It is in one place at a time, the {@link Backlog} or a {@link Ring}; whoever takes it out owns it and decides its outcome, so there is one
 * outcome exactly.
 */
final class Pending {

    final String routingKey;
    final Message message;
    final BasicProperties properties;
    final CompletableFuture<PublishResult> result = new CompletableFuture<>();

    /** When it was accepted, in {@link System#nanoTime}; written under the lock of the backlog, before anybody else sees it. */
    long acceptedAt;

    /** Its number on its channel; guarded by the ring. */
    long sequence;

    /** Why the broker has returned it, if it has; guarded by the ring. */
    @Nullable
    String returned;

    private PublishResult.Outcome outcome = PublishResult.Outcome.REFUSED; // these two: the owner
    private String detail = "";

    Pending(String routingKey, Message message, BasicProperties properties) {
        this.routingKey = routingKey;
        this.message = message;
        this.properties = properties;
    }

    int bytes() {
        return message.body().length;
    }

    /** The owner's verdict; {@link #complete} tells it. */
    void decide(PublishResult.Outcome decided, String why) {
        outcome = decided;
        detail = why;
    }

    PublishResult.Outcome outcome() {
        return outcome;
    }

    /** Completes the stage, which may run code of the user. */
    void complete() {
        result.complete(new PublishResult(message.id(), outcome, detail));
    }
}
