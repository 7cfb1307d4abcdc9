package dev.chassis.websocket;

import dev.chassis.context.Correlation;
import dev.chassis.websocket.Reply.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a session's handler still has to do: in order, one call at a time on a worker, and each when what the one before returned is done.
 *
 * <p>Owned by the event loop of the session, all of it; a worker has one call at a time and comes back to the loop with what it returned.
 *
 * <ul>
 *   <li>I1: {@code running} from handing a call to a worker until the last step of its reply is done; nothing else is handed over then.
 *   <li>I2: a lane with nothing running and nothing waiting is left by its session, so that an idle session has none.
 * </ul>
 */
final class Lane {

    private final LiveSession<?> session;
    private final ArrayDeque<Call> waiting = new ArrayDeque<>(4);
    private int waitingBytes;
    private boolean running;

    Lane(LiveSession<?> session) {
        this.session = session;
    }

    /** A call of the handler, run on a worker. */
    interface Task {
        Reply run() throws Exception;
    }

    private record Call(Task task, Correlation correlation, int bytes) {}

    void add(Task task, Correlation correlation, int bytes) {
        waiting.add(new Call(task, correlation, bytes));
        waitingBytes += bytes;
        if (!running) {
            next();
        }
    }

    int waiting() {
        return waiting.size();
    }

    int waitingBytes() {
        return waitingBytes;
    }

    private void next() {
        Call call = waiting.poll();
        running = call != null; // I1
        if (call == null) {
            session.idle(); // I2
            return;
        }
        waitingBytes -= call.bytes();
        session.called();
        submit(call, List.of());
    }

    /** Has a worker do it, and what follows after its own steps. */
    private void submit(Call call, List<Step> rest) {
        try {
            session.workers().execute(() -> run(call, rest));
        } catch (RejectedExecutionException stopped) {
            waiting.clear();
            session.abandoned();
        }
    }

    /** On a worker. */
    private void run(Call call, List<Step> rest) {
        Reply reply = Reply.none();
        Throwable failure = null;
        try (Correlation.Scope scope = call.correlation().open()) {
            reply = call.task().run();
            if (reply == null) {
                throw new IllegalStateException("a handler returned null (expected: a Reply)");
            }
            reply.steps().forEach(session::encode);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        comeBack(joined(reply.steps(), rest), failure, call.correlation());
    }

    private void comeBack(List<Step> steps, @Nullable Throwable failure, Correlation correlation) {
        try {
            session.eventLoop().execute(() -> {
                if (failure == null) {
                    perform(steps, correlation);
                } else {
                    session.failed(failure, correlation);
                    next();
                }
            });
        } catch (RejectedExecutionException stopped) {
            session.abandoned();
        }
    }

    private void perform(List<Step> steps, Correlation correlation) {
        for (int i = 0; i < steps.size(); i++) {
            List<Step> rest = steps.subList(i + 1, steps.size());
            if (steps.get(i) instanceof Step.Then then) {
                submit(new Call(then.next()::run, correlation, 0), rest);
                return;
            }
            if (steps.get(i) instanceof Step.Await await) {
                await.later().whenComplete((reply, failure) -> resume(reply, failure, rest, correlation));
                return;
            }
            if (!isPerformed(steps.get(i), correlation)) {
                break;
            }
        }
        next();
    }

    /** What a stage has brought may not be JSON, and the lane must go on. */
    private boolean isPerformed(Step step, Correlation correlation) {
        try {
            session.perform(step);
            return true;
        } catch (RuntimeException e) {
            session.failed(e, correlation);
            return false;
        }
    }

    /** On whatever thread completes the stage. */
    private void resume(@Nullable Reply reply, @Nullable Throwable failure, List<Step> rest, Correlation correlation) {
        if (reply == null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            comeBack(
                    List.of(),
                    cause == null
                            ? new IllegalStateException("a stage completed with null (expected: a Reply)")
                            : cause,
                    correlation);
            return;
        }
        comeBack(joined(reply.steps(), rest), null, correlation);
    }

    private static List<Step> joined(List<Step> first, List<Step> rest) {
        if (rest.isEmpty()) {
            return first;
        }
        List<Step> all = new ArrayList<>(first);
        all.addAll(rest);
        return all;
    }
}
