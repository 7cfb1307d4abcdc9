package dev.chassis.http;

/**
 * Wraps handlers: it may answer itself, change the request on the way in ({@link Request#with}) or the response on the way out.
 *
 * <p>What a handler throws comes through filters as it was thrown, so that a filter can roll back, or throw an {@link HttpException} for an
 * exception of the application's own; it becomes an answer outside the outermost.
 *
 * <p>Called from many threads at once, on the thread the handler runs on.
 */
@FunctionalInterface
public interface Filter {

    /**
     * Answers, usually by calling {@code next}.
     *
     * @throws Exception as {@link Handler#handle} does
     */
    Response filter(Request request, Handler next) throws Exception;
}
