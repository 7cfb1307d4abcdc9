package dev.chassis.example.games;

import dev.chassis.http.Handler;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A page that shows live scores: {@code /live?contest=1}. */
final class LivePage implements Handler {

    private final Response page = Response.bytes("text/html; charset=utf-8", read());

    @Override
    public Response handle(Request request) {
        return page;
    }

    private static byte[] read() {
        try (InputStream in = LivePage.class.getResourceAsStream("/live.html")) {
            return Objects.requireNonNull(in, "live.html").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
