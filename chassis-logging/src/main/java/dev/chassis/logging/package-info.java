/**
 * JSON logs on standard output through SLF4J and logback, without XML: put the module on the class path, and the very first logger
 * already writes one JSON object per line, or readable text on a terminal. {@link dev.chassis.logging.LogbackControl} is how the chassis
 * steers it, {@link dev.chassis.logging.LogCapture} how a test reads it.
 *
 * <p>The way of a line: the caller takes an immutable snapshot of the event and puts it into a bounded queue; one platform thread encodes
 * and writes, many lines with one system call. {@link dev.chassis.logging.AuditLog} is for lines that must not be lost; of the others a
 * standard output that stalls costs those below WARN first, and every one of them is counted.
 */
@NullMarked
package dev.chassis.logging;

import org.jspecify.annotations.NullMarked;
