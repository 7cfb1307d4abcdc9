package dev.chassis.http.internal;

import dev.chassis.context.Correlation;
import dev.chassis.context.CorrelationHeaders;
import dev.chassis.http.Headers;
import dev.chassis.http.Response;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and what answers it. The body is set by the event loop before anybody else sees the exchange. */
final class RequestExchange implements Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(RequestExchange.class);
    private static final AsciiString CORRELATION_ID = AsciiString.cached(CorrelationHeaders.CORRELATION_ID);
    private static final AsciiString TRACEPARENT = AsciiString.cached(CorrelationHeaders.TRACEPARENT);
    private static final AsciiString AMZN_TRACE_ID = AsciiString.cached(CorrelationHeaders.AMZN_TRACE_ID);

    private final RequestHead head;
    private final Endpoint endpoint;
    private final Peer peer;
    private final Correlation correlation;
    private final long arrivedNanos;
    private byte[] body = BodyBuffer.EMPTY;
    private @Nullable InputStream bodyStream;

    RequestExchange(RequestHead head, Endpoint endpoint, Peer peer, long arrivedNanos) {
        this.head = head;
        this.endpoint = endpoint;
        this.peer = peer;
        this.arrivedNanos = arrivedNanos;
        this.correlation = CorrelationHeaders.read(
                head.header(CORRELATION_ID), head.header(TRACEPARENT), head.header(AMZN_TRACE_ID));
    }

    RequestHead head() {
        return head;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    @Nullable
    String acceptEncoding() {
        return head.header(HttpHeaderNames.ACCEPT_ENCODING);
    }

    boolean isCompressed() {
        String coding = coding();
        return coding != null && (coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip"));
    }

    /** Whether the body has a content coding nobody here knows. */
    boolean hasUnknownCoding() {
        String coding = coding();
        return coding != null && !isCompressed() && !coding.equalsIgnoreCase("identity");
    }

    private @Nullable String coding() {
        return head.hasBody() ? head.header(HttpHeaderNames.CONTENT_ENCODING) : null;
    }

    /** Loop, before the exchange is handed over. */
    void body(byte[] bytes) {
        body = bytes;
    }

    /** Loop, before the exchange is handed over. */
    void bodyStream(InputStream stream) {
        bodyStream = new LimitedBody(stream, isCompressed(), endpoint.maxBodyBytes());
    }

    /** Nobody reads any more. */
    void closeBody() {
        if (bodyStream != null) {
            try {
                bodyStream.close();
            } catch (IOException e) {
                LOG.debug("Closing a body failed", e);
            }
        }
    }

    /** Asks the endpoint, on whatever thread this is; never throws. Everything logged meanwhile carries the correlation. */
    Response answer() {
        if (correlation == Correlation.current()) {
            return ask(); // a worker has opened it around more than this
        }
        try (Correlation.Scope scope = correlation.open()) {
            return ask();
        }
    }

    private Response ask() {
        try {
            if (bodyStream == null && isCompressed()) {
                body = LimitedBody.inflate(body, endpoint.maxBodyBytes());
            }
            return endpoint.handle(this);
        } catch (Refusal refusal) {
            return endpoint.refuse(this, refusal.status(), refusal.detail());
        } catch (Throwable broken) {
            LOG.error("The endpoint {} threw, which it must not", endpoint.template(), broken);
            return endpoint.refuse(this, 500, "Something went wrong.");
        }
    }

    @Override
    public String method() {
        return head.method();
    }

    @Override
    public String target() {
        return head.target();
    }

    @Override
    public Headers headers() {
        return new NettyHeaders(head.headers());
    }

    @Override
    public Correlation correlation() {
        return correlation;
    }

    @Override
    public String clientAddress() {
        return Forwarded.clientAddress(head.headers(), peer.trustedProxies(), peer.address());
    }

    @Override
    public String scheme() {
        return Forwarded.scheme(head.headers(), peer.trustedProxies(), peer.scheme());
    }

    @Override
    public String authority() {
        return Forwarded.authority(head.headers(), peer.trustedProxies(), head.authority());
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public InputStream bodyStream() {
        return bodyStream == null ? new ByteArrayInputStream(body) : bodyStream;
    }
}
