package dev.chassis.bench.amqp;

/** One way to publish to a queue and to consume from it. Used by one thread; what is handled is handled on threads of its own. */
interface Peer extends AutoCloseable {

    /** How many messages may be without a confirm, everywhere. */
    int WINDOW = 1_000;

    /** How many deliveries may be without an acknowledgement, everywhere. */
    int PREFETCH = 250;

    /** How many deliveries are acknowledged together, where that can be said. */
    int TOGETHER = 25;

    /** Publishes that many, persistent and mandatory; on return all are confirmed. */
    void publish(int count) throws Exception;

    /**
     * Consumes, and acknowledges each delivery after it is handled.
     *
     * @return ends it
     */
    AutoCloseable consume(Runnable handler) throws Exception;
}
