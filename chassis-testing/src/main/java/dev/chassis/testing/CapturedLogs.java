package dev.chassis.testing;

import dev.chassis.logging.LogCapture;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON lines that were logged in this JVM while a service ran; those of other services that ran at the same time are among them.
 * Needs chassis-logging on the class path of the tests.
 *
 * <p>Thread-safe.
 */
public final class CapturedLogs {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final @Nullable LogCapture capture;

    private CapturedLogs(@Nullable LogCapture capture) {
        this.capture = capture;
    }

    /** The lines so far, oldest first. */
    public List<String> lines() {
        if (capture == null) {
            throw new IllegalStateException("logs are captured by chassis-logging, which is not on the class path");
        }
        return capture.lines();
    }

    /** The lines so far with this message. */
    public List<JsonNode> withMessage(String message) {
        return lines().stream()
                .map(JSON::readTree)
                .filter(line -> message.equals(line.path("msg").asString()))
                .toList();
    }

    /**
     * The first line with this message; waits for it, 30 s at most.
     *
     * @throws org.awaitility.core.ConditionTimeoutException if there was none
     */
    public JsonNode await(String message) {
        return Awaitility.await("line \"" + message + "\"")
                .atMost(RecordedEvents.LIMIT)
                .until(() -> withMessage(message), found -> !found.isEmpty())
                .get(0);
    }

    /** Begins to capture, where chassis-logging is there to do it. */
    static CapturedLogs start() {
        try {
            return new CapturedLogs(LogCapture.start());
        } catch (NoClassDefFoundError notThere) {
            return new CapturedLogs(null);
        }
    }

    void stop() {
        if (capture != null) {
            capture.close();
        }
    }
}
