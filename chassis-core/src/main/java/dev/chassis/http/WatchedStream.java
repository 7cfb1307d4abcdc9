package dev.chassis.http;

import dev.chassis.context.Correlation;
import dev.chassis.http.internal.ResponseStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A streamed body whose failures are logged, once: the answer has begun, so nothing else can be said. They all leave as an {@link
 * IOException}, for the connection must be cut, or the client would take half an answer for a whole one, but need not be logged again.
 */
record WatchedStream(Request request, Response.StreamWriter writer) implements Response.StreamWriter {

    @Override
    public void write(OutputStream out) throws IOException {
        try (Correlation.Scope scope = request.correlation().open()) {
            writer.write(new ClientOutputStream(out));
        } catch (IOException failure) {
            if (!isEnding(out)) {
                Failures.cut(request, failure);
                throw failure;
            }
        } catch (RuntimeException | Error failure) {
            if (failure instanceof Error || !isEnding(out)) {
                Failures.cut(request, failure);
                throw new IOException("the answer was cut short, which has been logged", failure);
            }
        }
    }

    /** Told to end, and so it did. */
    private static boolean isEnding(OutputStream out) {
        return out instanceof ResponseStream stream && stream.isEnding();
    }
}
