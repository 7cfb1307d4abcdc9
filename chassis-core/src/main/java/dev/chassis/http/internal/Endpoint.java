package dev.chassis.http.internal;

import dev.chassis.http.Response;
import java.time.Duration;

/** One resolved route with its path parameters. */
public interface Endpoint {

    /** The template, for meters and logs; a fixed word where nothing matched. Bounded in number. */
    String template();

    /** Whether {@link #handle} runs on the event loop. */
    boolean onEventLoop();

    /** Whether {@link #handle} is called before the body has been read. Never together with {@link #onEventLoop}. */
    boolean streaming();

    /** Whether overload may refuse it. Health is never shed. */
    boolean sheddable();

    /** The longest body, after decompression. */
    long maxBodyBytes();

    /** The time {@link #handle} has; zero for no limit. */
    Duration timeout();

    /**
     * Answers. Never throws: errors have become answers. Its body is never still to be encoded.
     */
    Response handle(Exchange exchange);

    /** The problem+json for something the pipeline refuses itself (413, 503, …), in the same form as the endpoint's own errors. */
    Response refuse(Exchange exchange, int status, String detail);
}
