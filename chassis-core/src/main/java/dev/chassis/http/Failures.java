package dev.chassis.http;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where what is thrown becomes what is answered, and where it is logged, once. The client learns what an {@link
 * HttpException} says; of anything else it learns the correlation id.
 */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int MAX_CAUSES = 16;

    private Failures() {}

    /** The problem for a failure, its body still to be encoded. */
    static Response answer(Request request, Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof HttpException answer) {
            return said(request, answer);
        }
        if (isClientGone(failure)) {
            LOG.debug(
                    "{} {}: the client went away while its body was read",
                    request.method(),
                    request.template(),
                    failure);
            return problem(request, HttpException.badRequest("The body could not be read to its end."));
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            LOG.warn("{} {} was interrupted", request.method(), request.template(), failure);
            return problem(request, new HttpException(503, "The request was interrupted before it was finished."));
        }
        LOG.error("{} {} failed", request.method(), request.template(), failure);
        return problem(
                request,
                new HttpException(500, "The request failed unexpectedly. Its correlation id finds it in the logs."));
    }

    /** Logs a failure that can no longer be answered, because the answer has begun. */
    static void cut(Request request, Throwable failure) {
        if (isClientGone(failure)) {
            LOG.debug("{} {}: the client went away during the answer", request.method(), request.template(), failure);
        } else {
            LOG.error("{} {} failed during the answer", request.method(), request.template(), failure);
        }
    }

    private static Response said(Request request, HttpException answer) {
        if (answer.status() >= 500 && answer.getCause() != null) {
            LOG.error(
                    "{} {}: {} {}",
                    request.method(),
                    request.template(),
                    answer.status(),
                    answer.detail(),
                    answer.getCause());
        }
        return problem(request, answer);
    }

    private static Response problem(Request request, HttpException answer) {
        Problem problem = new Problem(
                answer.status(),
                answer.detail(),
                request.path(),
                request.correlation().id(),
                answer.extensions());
        Response response = Response.json(problem).status(answer.status()).header("content-type", Problem.CONTENT_TYPE);
        for (var header : answer.headers().entrySet()) {
            response = response.header(header.getKey(), header.getValue());
        }
        return response;
    }

    /** What a future wraps is what was thrown. */
    private static Throwable unwrapped(Throwable thrown) {
        Throwable failure = thrown;
        for (int i = 0; i < MAX_CAUSES && isWrapper(failure); i++) {
            Throwable cause = failure.getCause();
            if (cause == null) {
                break;
            }
            failure = cause;
        }
        return failure;
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof CompletionException || thrown instanceof ExecutionException;
    }

    private static boolean isClientGone(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof ClientGoneException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
