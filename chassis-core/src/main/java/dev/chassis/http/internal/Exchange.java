package dev.chassis.http.internal;

import dev.chassis.context.Correlation;
import dev.chassis.http.Headers;
import java.io.InputStream;

/** A request as the pipeline sees it. Immutable but for the stream. */
public interface Exchange {

    /** The method, as sent. */
    String method();

    /** The request target as sent: path and query. */
    String target();

    /** The header fields. */
    Headers headers();

    /** The ids, read or minted. */
    Correlation correlation();

    /** The client's address without port, behind the trusted number of proxies. */
    String clientAddress();

    /** {@code http} or {@code https}, behind the trusted number of proxies. */
    String scheme();

    /** The authority asked for, behind the trusted number of proxies. */
    String authority();

    /** The body, where it was read whole; empty on a streaming endpoint. */
    byte[] body();

    /** The body as it arrives on a streaming endpoint, else over {@link #body}. */
    InputStream bodyStream();
}
