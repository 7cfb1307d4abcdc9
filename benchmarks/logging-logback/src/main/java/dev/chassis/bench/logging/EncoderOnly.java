package dev.chassis.bench.logging;

import ch.qos.logback.core.OutputStreamAppender;
import java.io.OutputStream;

/** Encodes as the console appender does, and writes the bytes nowhere. */
public final class EncoderOnly<E> extends OutputStreamAppender<E> {

    /** Made by logback. */
    public EncoderOnly() {}

    @Override
    public void start() {
        setOutputStream(OutputStream.nullOutputStream());
        super.start();
    }
}
