package dev.chassis.http;

/**
 * Answers a request.
 *
 * <p>Called from many threads at once. It may block: handlers run on worker threads (virtual where the JVM has them without pinning),
 * unless the route was declared {@link Route#onEventLoop()}.
 */
@FunctionalInterface
public interface Handler {

    /**
     * Answers one request.
     *
     * @throws HttpException for an answer other than the good one
     * @throws Exception for anything unexpected; the client sees a 500 problem with the correlation id and nothing else
     */
    Response handle(Request request) throws Exception;
}
