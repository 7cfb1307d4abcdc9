package dev.chassis.http;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** Which requests have a line of their own in the log. Immutable. */
@ConfigMapping(prefix = "chassis.http.access-log")
@Description(
        "One log line per request. What is answered with an error, or slowly, always has one when the access log is on.")
public interface AccessLogConfig {

    /** Whether there is an access log. */
    @Description("Whether requests have log lines at all.")
    @WithDefault("false")
    boolean enabled();

    /** How many requests have a line. */
    @Description(
            "Of a hundred requests, how many have a line; which ones is decided by the trace id, so that services agree. Probes have none.")
    @Range(min = "0", max = "100")
    @WithDefault("100")
    int percent();

    /** How many requests to a route have a line. */
    @Description(
            "The same for one route, by its template: chassis.http.access-log.routes.\"/orders/{id}\"=1; unmatched stands for what no route answers, and a route that is not there is a problem.")
    @Range(min = "0", max = "100")
    Map<String, Integer> routes();

    /** What is an error. */
    @Description(
            "An answer with this status or a higher one always has a line. 400: those which the client is to blame for, too.")
    @Range(min = "400", max = "500")
    @WithDefault("500")
    int errorsFrom();

    /** What somebody else records. */
    @Description("Whether a request whose caller records it (the flag sampled of traceparent) always has a line.")
    @WithDefault("false")
    boolean recorded();

    /** What is slow. */
    @Description("A request that took this long always has a line.")
    @Range(min = "1ms")
    @WithDefault("1s")
    Duration slow();
}
