package dev.chassis.bench;

import java.io.EOFException;
import java.io.IOException;

/** Counts requests and those without a complete 2xx. Written by the loop's thread, read when that has ended. */
final class Tally implements Recorder {
    private long requests;
    private long failed;
    private long resets;

    @Override
    public void answered(int status, long nanos) {
        requests++;
        if (status / 100 != 2) {
            failed++;
        }
    }

    /** The server closed while a request was under way, also if the two crossed: a load balancer answers 502 to that. */
    @Override
    public void broken(IOException cause) {
        requests++;
        failed++;
        if (!(cause instanceof EOFException)) {
            resets++;
        }
    }

    void add(Tally other) {
        requests += other.requests;
        failed += other.failed;
        resets += other.resets;
    }

    long requests() {
        return requests;
    }

    long failed() {
        return failed;
    }

    /** Those of the failed that ended in an error of the socket: reset, refused. */
    long resets() {
        return resets;
    }
}
