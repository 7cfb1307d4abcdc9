package dev.chassis.inbox;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what is old, again and again until it is told to end. Several tasks do it side by side, which harms nobody. */
final class CleanUp implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final String name;
    private final InboxStore<?> store;
    private final InboxConfig config;
    private final CountDownLatch ended = new CountDownLatch(1);

    CleanUp(String name, InboxStore<?> store, InboxConfig config) {
        this.name = name;
        this.store = store;
        this.config = config;
    }

    @Override
    public void run() {
        try {
            while (!ended.await(config.cleanUp().toNanos(), TimeUnit.NANOSECONDS)) {
                forget();
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: the clean-up was interrupted", name);
        }
    }

    void end() {
        ended.countDown();
    }

    private void forget() throws InterruptedException {
        try {
            while (ended.getCount() > 0 && store.forget(config.retention()) > 0) {
                // the next few
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.warn("{}: old messages could not be forgotten, which is tried again: {}", name, e.toString());
        }
    }
}
