package dev.chassis.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket that reads all there is in one go, and says when it is about to wait for more. The buffer of the client holds some six
 * messages of a kilobyte, and has no end that one could see; below TLS it would not even be asked.
 *
 * <p>As thread-safe as any socket: read from by one thread at a time.
 */
final class BurstSocket extends Socket {

    private static final int BUFFER = 64 * 1024;

    private final Burst burst = new Burst();
    private volatile long lastHeard = System.nanoTime();
    private @Nullable Input input;

    /** How long ago something has arrived, in nanoseconds. Any thread. */
    long silentNanos() {
        return System.nanoTime() - lastHeard;
    }

    /** The burst that is being read. */
    Burst burst() {
        return burst;
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        Input known = input;
        if (known == null) {
            known = new Input(super.getInputStream());
            input = known;
        }
        return known;
    }

    private final class Input extends InputStream {

        private final InputStream in;
        private final byte[] buffer = new byte[BUFFER];
        private int from;
        private int to;

        Input(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer[from++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, to - from);
            System.arraycopy(buffer, from, target, offset, count);
            from += count;
            return count;
        }

        @Override
        public int available() throws IOException {
            return to - from + in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        /** Waits for something to read; false at the end of the stream. A time-out leaves everything as it is. */
        private boolean fill() throws IOException {
            if (from == to) {
                burst.end();
                int count = in.read(buffer, 0, buffer.length);
                lastHeard = System.nanoTime();
                from = 0;
                to = Math.max(0, count);
            }
            return from < to;
        }
    }
}
