package dev.chassis.websocket;

import dev.chassis.bus.ClusterBus;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other tasks which tickets were used here, and hears it from them. A handshake never waits for the bus: news queue up for one thread
 * that may block, and while the bus is away the oldest are given up, as the promise of {@link Tickets} allows.
 *
 * <p>Thread-safe. I1: only {@code sender} publishes. It has no thread while there is no news.
 */
final class TicketNews {

    private static final Logger LOG = LoggerFactory.getLogger(TicketNews.class);
    private static final int MAX_WAITING = 10_000;
    private static final long IDLE_SECONDS = 10;

    private final ClusterBus bus;
    private final String channel;
    private final Tickets tickets;
    private final ThreadPoolExecutor sender;
    private volatile ClusterBus.@Nullable Subscription subscription;

    TicketNews(ClusterBus bus, String channel, Tickets tickets) {
        this.bus = bus;
        this.channel = channel;
        this.tickets = tickets;
        this.sender = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                TicketNews::thread,
                new ThreadPoolExecutor.DiscardOldestPolicy());
        sender.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "websocket-tickets");
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        subscription = bus.subscribe(channel, ClusterBus.Subscriber.of(tickets::usedElsewhere));
    }

    /** Never blocks. */
    void tell(byte[] ticket) {
        sender.execute(() -> publish(ticket));
    }

    private void publish(byte[] ticket) {
        try {
            bus.publish(channel, ticket);
        } catch (RuntimeException away) {
            LOG.debug("Other tasks are not told that a ticket was used", away);
        }
    }

    /** What has not been told yet is not told any more: the session it opened is gone. */
    void stop() {
        sender.shutdownNow();
        ClusterBus.Subscription ended = subscription;
        if (ended != null) {
            ended.close();
        }
    }
}
