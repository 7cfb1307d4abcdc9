package dev.chassis.http.internal;

import dev.chassis.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses answers for clients that accept gzip, where it gains something (RFC 9110, sections 8.4 and 12.5.3). */
final class Compression {

    private Compression() {}

    /** The answer as this client gets it: the same, or compressed and saying so. */
    static Response apply(Response response, @Nullable String acceptEncoding, Limits limits) {
        if (!limits.compress() || !isLongEnough(response, limits) || !isCompressible(response)) {
            return response;
        }
        Response varying = response.header("vary", "accept-encoding");
        if (acceptEncoding == null || !acceptsGzip(acceptEncoding)) {
            return varying;
        }
        return compressed(varying).header("content-encoding", "gzip");
    }

    private static boolean isLongEnough(Response response, Limits limits) {
        return response.body() instanceof Response.Body.Stream
                || response.body() instanceof Response.Body.Bytes bytes
                        && bytes.bytes().length >= limits.compressMinBytes();
    }

    private static boolean isCompressible(Response response) {
        int status = response.status();
        Optional<String> type = response.header("content-type");
        return status != 204
                && status != 206
                && status != 304
                && type.isPresent()
                && gains(type.get().toLowerCase(Locale.ROOT))
                && response.header("content-encoding").isEmpty()
                // A strong validator is for exactly these bytes (RFC 9110, section 8.8.1).
                && !response.header("etag").filter(tag -> tag.startsWith("\"")).isPresent()
                && !response.header("cache-control")
                        .filter(c -> c.contains("no-transform"))
                        .isPresent();
    }

    private static boolean gains(String type) {
        if (type.startsWith("text/")) {
            return !type.startsWith("text/event-stream");
        }
        return type.contains("json")
                || type.contains("xml")
                || type.contains("javascript")
                || type.startsWith("application/wasm");
    }

    /** {@code gzip} or {@code *}, not with a weight of zero. */
    static boolean acceptsGzip(String acceptEncoding) {
        boolean any = false;
        for (String entry : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            int semicolon = entry.indexOf(';');
            String coding = (semicolon < 0 ? entry : entry.substring(0, semicolon)).trim();
            boolean wanted =
                    semicolon < 0 || !isZero(entry.substring(semicolon + 1).trim());
            if (coding.equals("gzip")) {
                return wanted;
            }
            any |= coding.equals("*") && wanted;
        }
        return any;
    }

    private static boolean isZero(String weight) {
        for (int i = 0; i < weight.length(); i++) {
            char c = weight.charAt(i);
            if (c >= '1' && c <= '9') {
                return false;
            }
        }
        return weight.startsWith("q=0");
    }

    private static Response compressed(Response response) {
        if (response.body() instanceof Response.Body.Stream stream) {
            return response.body(stream.writtenBy(out -> {
                GZIPOutputStream gzip = new GZIPOutputStream(out, Limits.CHUNK_BYTES, true);
                stream.writer().write(gzip);
                gzip.finish();
            }));
        }
        byte[] bytes = ((Response.Body.Bytes) response.body()).bytes();
        return response.body(new Response.Body.Bytes(gzip(bytes)));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return out.toByteArray();
    }
}
