package dev.chassis.logging;

import java.io.IOException;
import java.io.OutputStream;

/** Turns a line into bytes that end with a line feed. Used by one thread at a time. */
interface LineEncoder {

    /** Appends the line to the buffer. */
    void encode(Line line, OutputStream out) throws IOException;
}
