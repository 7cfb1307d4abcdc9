package dev.chassis.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A topic somebody here has subscribed to. Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code confirmed} completes with the server's first confirmation, or its refusal; each later confirmation means that the
 *       subscription was away in between.
 * </ul>
 */
final class Topic {

    private final String channel;
    private final List<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
    private final CompletableFuture<@Nullable Void> confirmed = new CompletableFuture<>();
    private volatile boolean late;

    Topic(String channel) {
        this.channel = channel;
    }

    String channel() {
        return channel;
    }

    void add(Mailbox mailbox) {
        mailboxes.add(mailbox);
    }

    /** Returns whether nobody is left. */
    boolean remove(Mailbox mailbox) {
        mailboxes.remove(mailbox);
        return mailboxes.isEmpty();
    }

    /** Completes with the first confirmation, or exceptionally when the server refused. */
    CompletableFuture<@Nullable Void> confirmed() {
        return confirmed;
    }

    /** Nobody waits for the confirmation any more: when it comes, messages may have been missed. */
    void giveUpWaiting() {
        late = true;
    }

    /** The server has confirmed the subscription. Called by an event loop. */
    void onSubscribed() {
        if (!confirmed.complete(null) || late) {
            late = false;
            mailboxes.forEach(Mailbox::gap);
        }
    }

    void onRefused(Throwable reason) {
        confirmed.completeExceptionally(reason);
    }

    /** Called by an event loop; each subscriber gets an array of its own. */
    void onMessage(byte[] message) {
        mailboxes.forEach(mailbox -> mailbox.message(message.clone()));
    }
}
