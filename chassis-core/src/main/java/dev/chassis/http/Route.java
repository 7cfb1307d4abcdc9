package dev.chassis.http;

import java.time.Duration;

/**
 * One declared route, while it is being declared. Every verb throws an {@link IllegalArgumentException} for a value that makes no sense,
 * and for {@link #onEventLoop} together with {@link #streaming}. Used by the thread that assembles the service only.
 */
public interface Route {

    /**
     * Runs the handler on the event loop. It must never block and should return within microseconds; every connection of that loop waits
     * for it. The body, if any, has been read whole.
     */
    Route onEventLoop();

    /**
     * Hands over the request as soon as its head is there; the handler reads the body as it arrives, through {@link Request#bodyStream},
     * and a reader that is slow slows the sender down. Without this the body is read whole first, so that a slow client holds no worker.
     */
    Route streaming();

    /** The longest body this route takes, instead of {@code chassis.http.max-body-bytes}. Must be positive. */
    Route maxBodyBytes(long bytes);

    /** The time this route's handler has, instead of {@code chassis.http.request-timeout}. Must be positive. */
    Route timeout(Duration timeout);
}
