package dev.chassis.example.games;

import dev.chassis.http.Filter;
import dev.chassis.http.Handler;
import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 503 where no connection was to be had: nothing was sent to the database, so the client may try again. A connection that breaks
 * beneath a statement stays a 500, because nobody knows what was done.
 */
final class DatabaseAway implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseAway.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    @Override
    public Response filter(Request request, Handler next) throws Exception {
        try {
            return next.handle(request);
        } catch (SQLTransientConnectionException e) {
            LOG.warn("{}", e.getMessage());
            throw HttpException.unavailable(RETRY_AFTER, "the database is not available now; try again");
        }
    }
}
