package dev.chassis.http.internal;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request head that has passed every rule. Immutable.
 *
 * @param target path and query
 * @param path the target up to the query
 * @param authority of an absolute target, else {@code Host}; empty if there is none
 * @param contentLength -1 for a chunked body, 0 for none
 */
record RequestHead(
        String method,
        String target,
        String path,
        String authority,
        long contentLength,
        boolean http10,
        boolean keepAlive,
        boolean expectsContinue,
        HttpHeaders headers) {

    static final long CHUNKED = -1;

    /**
     * Checks what netty has decoded.
     *
     * @throws Refusal with the status the client is to be told
     */
    static RequestHead of(HttpRequest request) {
        boolean http10 = version(request) == HttpVersion.HTTP_1_0;
        HttpHeaders headers = request.headers();
        String host = host(headers, http10);
        String method = request.method().name();
        String sent = request.uri();
        String target = sent;
        if (sent.charAt(0) != '/') {
            Target parsed = Target.parse(method, sent);
            target = parsed.pathAndQuery();
            host = parsed.authority().isEmpty() ? host : parsed.authority();
        } else if (!Target.isVisible(sent)) {
            throw Target.refused();
        }
        int query = target.indexOf('?');
        return new RequestHead(
                method,
                target,
                query < 0 ? target : target.substring(0, query),
                host,
                contentLength(request),
                http10,
                HttpUtil.isKeepAlive(request),
                expectsContinue(headers, http10),
                headers);
    }

    boolean hasBody() {
        return contentLength != 0;
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    @Nullable
    String header(CharSequence name) {
        return headers.get(name);
    }

    private static HttpVersion version(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        if (version != HttpVersion.HTTP_1_1 && version != HttpVersion.HTTP_1_0) {
            throw Refusal.malformed("The version is not HTTP/1.1 or HTTP/1.0.");
        }
        return version;
    }

    /** RFC 9112, section 3.2: exactly one Host, except in HTTP/1.0. */
    private static String host(HttpHeaders headers, boolean http10) {
        Iterator<? extends CharSequence> hosts = headers.valueCharSequenceIterator(HttpHeaderNames.HOST);
        if (!hosts.hasNext()) {
            if (http10) {
                return "";
            }
            throw Refusal.malformed("There is no Host header.");
        }
        String host = hosts.next().toString();
        if (hosts.hasNext() || !Target.isAuthority(host)) {
            throw Refusal.malformed("The Host header is not one host, with or without port.");
        }
        return host;
    }

    private static long contentLength(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
            if (codings.size() != 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))) {
                throw new Refusal(501, RefusedBecause.UNSUPPORTED, "The only transfer coding here is chunked.");
            }
            return CHUNKED;
        }
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH); // normalised by netty
        return length == null ? 0 : Long.parseLong(length);
    }

    private static boolean expectsContinue(HttpHeaders headers, boolean http10) {
        String expectation = headers.get(HttpHeaderNames.EXPECT);
        if (expectation == null || http10) {
            return false; // RFC 9110, section 10.1.1: ignored in HTTP/1.0
        }
        if (!HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
            throw new Refusal(417, RefusedBecause.UNSUPPORTED, "The only expectation here is 100-continue.");
        }
        return true;
    }
}
