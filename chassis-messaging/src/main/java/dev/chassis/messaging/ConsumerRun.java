package dev.chassis.messaging;

import dev.chassis.lifecycle.InFlight;
import dev.chassis.lifecycle.Workers;
import dev.chassis.time.Deadline;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** One life of a consumer, from start to stop: a settler in its thread, and workers. */
record ConsumerRun<T>(Settler<T> settler, Thread thread, Workers workers, InFlight inFlight) {

    static <T> ConsumerRun<T> begin(
            ConsumerSettings settings, Consumer.Source source, ConsumerStats stats, Settler.Wiring<T> wiring) {
        // Twice as many as may work, because those that are stuck are replaced; one sorts into lanes, one asks the
        // check.
        Workers workers = Workers.create("consume-" + settings.queue(), 2 * settings.concurrency() + 2);
        InFlight inFlight = new InFlight();
        Settler<T> settler =
                new Settler<>(settings, source.consuming(), source.publishing(), workers, inFlight, stats, wiring);
        Thread thread = new Thread(settler, "settler-" + settings.queue());
        thread.setDaemon(true);
        thread.start();
        return new ConsumerRun<>(settler, thread, workers, inFlight);
    }

    CompletionStage<Void> drain() {
        settler.drain();
        inFlight.close();
        return settler.drained().thenApply(done -> done);
    }

    void end(String name, Deadline deadline) throws InterruptedException {
        settler.drain();
        settler.abort();
        boolean idle = workers.shutdown(deadline.before(deadline.remaining().dividedBy(2)));
        settler.end();
        long left = deadline.remainingNanos();
        if (left > 0) {
            TimeUnit.NANOSECONDS.timedJoin(thread, left);
        }
        if (!idle || thread.isAlive()) {
            throw new IllegalStateException(name + ": handlers or the channel did not end in time");
        }
    }
}
