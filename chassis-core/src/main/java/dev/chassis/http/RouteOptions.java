package dev.chassis.http;

import java.time.Duration;

/** Collects what is said about one route and turns it into its settings. */
final class RouteOptions implements Route {

    private final String method;
    private final Template template;
    private boolean onEventLoop;
    private boolean streaming;
    private long maxBodyBytes;
    private Duration timeout;

    /** The options of a route, beginning with the defaults. */
    RouteOptions(String method, Template template, RouteSettings defaults) {
        this.method = method;
        this.template = template;
        this.onEventLoop = defaults.onEventLoop();
        this.streaming = defaults.streaming();
        this.maxBodyBytes = defaults.maxBodyBytes();
        this.timeout = defaults.timeout();
    }

    @Override
    public Route onEventLoop() {
        onEventLoop = true;
        return checked();
    }

    @Override
    public Route streaming() {
        streaming = true;
        return checked();
    }

    @Override
    public Route maxBodyBytes(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException(
                    "maxBodyBytes of " + route() + ": " + bytes + " (expected: more than zero)");
        }
        maxBodyBytes = bytes;
        return this;
    }

    @Override
    public Route timeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "timeout of " + route() + ": " + timeout + " (expected: more than zero)");
        }
        this.timeout = timeout;
        return this;
    }

    RouteSettings settings(boolean sheddable) {
        return new RouteSettings(onEventLoop, streaming, sheddable, maxBodyBytes, timeout);
    }

    private Route checked() {
        if (onEventLoop && streaming) {
            throw new IllegalArgumentException(
                    route() + ": onEventLoop and streaming (expected: one of them, because reading a stream blocks)");
        }
        return this;
    }

    private String route() {
        return method + " " + template;
    }
}
