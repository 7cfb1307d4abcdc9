package dev.chassis.bench;

import java.io.IOException;

/** Told how each request of a {@link Load} ended, on the thread that runs it. */
interface Recorder {
    /** A complete answer came. */
    void answered(int status, long nanos);

    /** No complete answer came: an {@link java.io.EOFException} if the server just closed, else what the socket said. */
    void broken(IOException cause);
}
