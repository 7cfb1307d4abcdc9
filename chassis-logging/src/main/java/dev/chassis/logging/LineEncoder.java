package dev.chassis.logging;

import java.io.IOException;

/** Turns a line into bytes that end with a line feed. Used by one thread at a time. */
interface LineEncoder {

    /** Appends the line to the buffer. */
    void encode(Line line, BatchBuffer out) throws IOException;
}
