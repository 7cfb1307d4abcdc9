package dev.chassis.http.internal;

import dev.chassis.http.HttpException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A body of limited length, inflated if need be: the limit counts what comes out, so a small body that inflates without end is stopped as
 * early as a large one. Used by one thread at a time.
 */
final class LimitedBody extends InputStream {

    private final InputStream source;
    private final boolean gzip;
    private final long maxBytes;
    private @Nullable InputStream in;
    private long left;

    LimitedBody(InputStream source, boolean gzip, long maxBytes) {
        this.source = source;
        this.gzip = gzip;
        this.maxBytes = maxBytes;
        this.left = maxBytes;
    }

    /**
     * A whole body, inflated.
     *
     * @throws Refusal 413 if it becomes too long, 400 if it is not gzip
     */
    static byte[] inflate(byte[] body, long maxBytes) {
        try (LimitedBody inflated = new LimitedBody(new ByteArrayInputStream(body), true, maxBytes)) {
            return inflated.readAllBytes();
        } catch (HttpException e) {
            throw Refusal.tooLarge(maxBytes);
        } catch (IOException e) {
            throw Refusal.malformed("The body is not gzip, though its Content-Encoding says so.");
        }
    }

    @Override
    public int read() throws IOException {
        int value = in().read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in().read(target, offset, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        return in == null ? source.available() : in.available();
    }

    @Override
    public void close() throws IOException {
        if (in == null) {
            source.close();
        } else {
            in.close();
        }
    }

    /** Late, because gzip reads its header at once. */
    private InputStream in() throws IOException {
        if (in == null) {
            in = gzip ? new GZIPInputStream(source, Limits.CHUNK_BYTES) : source;
        }
        return in;
    }

    private void count(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw new HttpException(413, "The body is longer than " + maxBytes + " bytes.");
        }
    }
}
