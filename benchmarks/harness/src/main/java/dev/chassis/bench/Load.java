package dev.chassis.bench;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Requests to one route over keep-alive connections, made by the thread that calls. */
interface Load extends AutoCloseable {
    /** Sends and receives while the condition holds. */
    void runWhile(BooleanSupplier condition) throws IOException;

    /** Begins no further request and returns when every answer is in. */
    void finish() throws IOException;

    @Override
    void close() throws IOException;
}
