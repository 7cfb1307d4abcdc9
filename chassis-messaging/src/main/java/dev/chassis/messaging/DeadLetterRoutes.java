package dev.chassis.messaging;

import com.rabbitmq.client.ShutdownSignalException;
import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import dev.chassis.http.Routes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters on the admin port. What a letter says is nobody's business there: neither body nor headers are shown, only what the consumer
 * has noted about the failure. Immutable and thread-safe.
 */
final class DeadLetterRoutes implements Consumer<Routes> {

    private static final Duration LATER = Duration.ofSeconds(5);
    private static final int SHOWN = 100;
    private static final int NOT_FOUND = 404;

    private final Supplier<List<String>> queues;
    private final Function<String, DeadLetters> letters;
    private final Replays replays;

    /** For these consumers' queues; {@code letters} is asked with the name of any queue. */
    DeadLetterRoutes(Supplier<List<String>> queues, Function<String, DeadLetters> letters, Replays replays) {
        this.queues = queues;
        this.letters = letters;
        this.replays = replays;
    }

    @Override
    public void accept(Routes routes) {
        routes.get("", this::counts)
                .get("/{queue}", this::list)
                .post("/{queue}/replay", this::replay)
                .get("/{queue}/replay", request -> Response.json(last(request).view()))
                .delete("/{queue}/replay", this::end);
    }

    private Response counts(Request request) {
        List<Count> counts = new ArrayList<>();
        for (String queue : queues.get()) {
            counts.add(new Count(queue, asked(() -> letters.apply(queue).count())));
        }
        return Response.json(new Counts(counts));
    }

    private Response list(Request request) {
        int most = request.query("most", Integer.class).orElse(SHOWN);
        DeadLetterFilter filter = filter(request);
        List<DeadLetter> found = asked(() -> letters(request).list(filter, most));
        return Response.json(new Page(found.stream().map(Letter::of).toList()));
    }

    private Response replay(Request request) {
        ReplayOrder order = request.bodyBytes().length == 0 ? ReplayOrder.ALL : request.body(ReplayOrder.class);
        DeadLetters dead = letters(request);
        DeadLetters.Replay how = asked(order::how);
        if (how.dry()) {
            return Response.json(asked(() -> dead.replay(order.filter(), how)));
        }
        asked(dead::count); // a queue that is not there is the answer to this request, and not of one that follows
        ReplayRun run = replays.begin(request.path("queue"), watch -> dead.replay(order.filter(), how, watch));
        return Response.json(run.view()).status(202).header("location", request.path());
    }

    private Response end(Request request) {
        ReplayRun run = last(request);
        run.end();
        return Response.json(run.view()).status(202);
    }

    private DeadLetters letters(Request request) {
        return letters.apply(request.path("queue"));
    }

    private ReplayRun last(Request request) {
        String queue = request.path("queue");
        return replays.last(queue)
                .orElseThrow(() -> HttpException.notFound("there was no replay of " + queue + " in this task"));
    }

    private static DeadLetterFilter filter(Request request) {
        DeadLetterFilter filter = DeadLetterFilter.all();
        filter = request.query("reason").map(filter::reason).orElse(filter);
        filter = request.query("type").map(filter::type).orElse(filter);
        return request.query("olderThan", Duration.class).map(filter::olderThan).orElse(filter);
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (IllegalArgumentException e) {
            throw HttpException.badRequest(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw problem(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpException.unavailable(LATER, "interrupted").causedBy(e);
        }
    }

    private static HttpException problem(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException signal && Channels.code(signal) == NOT_FOUND
                ? HttpException.notFound(Channels.text(failure)).causedBy(failure)
                : HttpException.unavailable(LATER, Channels.text(failure)).causedBy(failure);
    }

    private interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    private record Counts(List<Count> queues) {}

    private record Count(String queue, long deadLetters) {}

    private record Page(List<Letter> letters) {}

    /** A dead letter without what it says. */
    private record Letter(
            String messageId,
            String reason,
            String type,
            String message,
            long attempts,
            @Nullable String died,
            long replayed,
            int bytes) {

        static Letter of(DeadLetter letter) {
            Optional<String> died = letter.died().map(Object::toString);
            return new Letter(
                    letter.messageId(),
                    letter.reason(),
                    letter.type(),
                    letter.message(),
                    letter.attempts(),
                    died.orElse(null),
                    letter.replayed(),
                    letter.body().length);
        }
    }
}
