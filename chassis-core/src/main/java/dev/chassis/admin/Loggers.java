package dev.chassis.admin;

import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import dev.chassis.lifecycle.LogControl;
import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/** {@code /loggers}: shows levels and changes them for a while. Thread-safe. */
final class Loggers {

    private static final String ROOT = "ROOT";
    private static final int MAX_NAME_LENGTH = 255;
    private static final char DELETE = 0x7f;

    private final LogControl control;
    private final Ticker ticker;
    private final TemporaryLevels levels;

    Loggers(LogControl control, Ticker ticker) {
        this.control = control;
        this.ticker = ticker;
        this.levels = new TemporaryLevels(control, ticker);
    }

    Response show(Request request) {
        return Response.json(new View(
                control.levels(), levels.all().stream().map(this::entry).toList()));
    }

    Response change(Request request) throws InterruptedException {
        LevelChange change = LevelChange.of(request.body(Map.class));
        try {
            return Response.json(entry(levels.set(logger(request), change.level(), change.time())));
        } catch (IllegalArgumentException e) {
            throw HttpException.badRequest(String.valueOf(e.getMessage()));
        } catch (IllegalStateException | RejectedExecutionException e) {
            throw new HttpException(503, "the service is stopping: log levels stay as they are");
        }
    }

    Response revert(Request request) throws InterruptedException {
        try {
            if (levels.revert(logger(request))) {
                return Response.noContent();
            }
        } catch (IllegalStateException | RejectedExecutionException e) {
            // stopped meanwhile, which takes every change back: there is none any more
        }
        throw HttpException.notFound("the level of logger " + logger(request) + " has not been changed here");
    }

    void stop(Deadline deadline) {
        levels.stop(deadline);
    }

    private Entry entry(LevelOverride override) {
        Duration left = Duration.ofNanos(Math.max(0, override.revertAt() - ticker.nanos()));
        return new Entry(override.logger(), override.level(), override.original(), left.toMillis());
    }

    /** The root logger has one name, however it is written: asked for by another, its original level would not be found. */
    private static String logger(Request request) {
        String name = request.path("name");
        if (name.length() > MAX_NAME_LENGTH || !name.chars().allMatch(c -> c > ' ' && c != DELETE)) {
            throw HttpException.badRequest("name of the logger (expected: at most " + MAX_NAME_LENGTH
                    + " characters, no spaces or control characters)"); // it is about to stand in a log line
        }
        return name.equalsIgnoreCase(ROOT) ? ROOT : name;
    }

    record View(Map<String, String> levels, List<Entry> temporary) {}

    record Entry(String logger, String level, String original, long revertsInMs) {}
}
