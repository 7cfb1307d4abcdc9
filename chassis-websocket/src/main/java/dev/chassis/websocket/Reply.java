package dev.chassis.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a handler wants done: steps, done in order before the session's next message is handled. Immutable.
 *
 * <pre>{@code
 * return Reply.join("contest-7").andSend(Message.json(leaderboard));
 * return Reply.when(scores.load(id).thenApply(found -> Reply.send(Message.json(found))));
 * }</pre>
 */
public final class Reply {

    private static final Reply NONE = new Reply(List.of());

    private final List<Step> steps;

    private Reply(List<Step> steps) {
        this.steps = steps;
    }

    /** One thing to do. */
    sealed interface Step {

        record Send(Message message) implements Step {}

        record Join(String topic, @Nullable String token) implements Step {}

        record Leave(String topic) implements Step {}

        record Publish(String topic, Message message) implements Step {}

        record Authenticate(Principal principal) implements Step {}

        record Close(int code, String reason) implements Step {}

        record Await(CompletionStage<Reply> later) implements Step {}

        record Then(Next next) implements Step {}
    }

    /** What is to be done once the steps before are done. It runs on a worker and may block. */
    @FunctionalInterface
    public interface Next {

        /**
         * Does it, and returns what is to follow.
         *
         * @throws Exception as a handler does
         */
        Reply run() throws Exception;
    }

    /** Nothing. */
    public static Reply none() {
        return NONE;
    }

    /** A message to this session. */
    public static Reply send(Message message) {
        return NONE.andSend(message);
    }

    /** A text message to this session. */
    public static Reply text(String text) {
        return send(Message.text(text));
    }

    /** A value as JSON to this session. */
    public static Reply json(Object value) {
        return send(Message.json(value));
    }

    /** This session gets what is published to a topic from now on. */
    public static Reply join(String topic) {
        return NONE.andJoin(topic);
    }

    /** Closes the session behind what has been sent; see {@link Session#close}. */
    public static Reply close(int code, String reason) {
        return NONE.andClose(code, reason);
    }

    /** What the stage will say. The session's next message waits for it. A stage that fails is a handler that throws. */
    public static Reply when(CompletionStage<Reply> later) {
        return NONE.and(new Step.Await(later));
    }

    /** Then a message to this session. */
    public Reply andSend(Message message) {
        return and(new Step.Send(Objects.requireNonNull(message, "message")));
    }

    /** Then this session gets what is published to a topic. Joining twice is joining once. */
    public Reply andJoin(String topic) {
        return and(new Step.Join(Objects.requireNonNull(topic, "topic"), null));
    }

    /**
     * Then it gets what is published to a {@linkplain WebSockets#resumable resumable} topic, and before that what has been published since
     * it was told this token; if that is not known any more, it is told {@code {"type":"resync","topic":…}} instead.
     */
    public Reply andResume(String topic, String token) {
        return and(new Step.Join(Objects.requireNonNull(topic, "topic"), Objects.requireNonNull(token, "token")));
    }

    /** Then it gets nothing more of a topic. */
    public Reply andLeave(String topic) {
        return and(new Step.Leave(Objects.requireNonNull(topic, "topic")));
    }

    /** Then a message to everybody who has joined a topic, on every task. */
    public Reply andPublish(String topic, Message message) {
        return and(new Step.Publish(Objects.requireNonNull(topic, "topic"), Objects.requireNonNull(message)));
    }

    /**
     * Then the session belongs to this principal: after {@link WebSocketEndpoint#authenticateFirst}, or with a later expiry. It may not
     * belong to another user than before: then it is closed with 4401.
     */
    public Reply andAuthenticate(Principal principal) {
        return and(new Step.Authenticate(Objects.requireNonNull(principal, "principal")));
    }

    /**
     * Then this: for what must not happen before the steps before are done, like the reading of a state whose changes a topic tells, {@code
     * Reply.join(topic).andThen(() -> Reply.json(read()))}.
     */
    public Reply andThen(Next next) {
        return and(new Step.Then(Objects.requireNonNull(next, "next")));
    }

    /** Then the end of it; what would follow is not done. */
    public Reply andClose(int code, String reason) {
        return and(new Step.Close(CloseCode.checked(code), reason));
    }

    List<Step> steps() {
        return steps;
    }

    private Reply and(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Reply(List.copyOf(more));
    }
}
