package dev.chassis.example.propagation;

import dev.chassis.redis.RedisPool;
import dev.chassis.websocket.Message;
import dev.chassis.websocket.Reply;
import dev.chassis.websocket.Session;
import dev.chassis.websocket.WebSocketHandler;

/** A session that does its work at one moment of its life. Its first message to the client is its id. */
final class Conversation implements WebSocketHandler<String> {

    /** When the work is done. */
    enum Moment {
        OPEN,
        MESSAGE,
        STAGE,
        THEN,
        CLOSE
    }

    /** What one session is for. */
    record Plan(Moment moment, Carrier carrier) {}

    private final Matrix matrix;

    Conversation(Matrix matrix) {
        this.matrix = matrix;
    }

    @Override
    public Reply onOpen(Session session) {
        Plan plan = session.attachment(Plan.class);
        session.send(Message.text(session.id()));
        return plan.moment() == Moment.OPEN ? matrix.replyAfter(plan.carrier()) : Reply.none();
    }

    @Override
    public Reply onMessage(Session session, String message) {
        Plan plan = session.attachment(Plan.class);
        return switch (plan.moment()) {
            case MESSAGE -> matrix.replyAfter(plan.carrier());
            case STAGE ->
                Reply.when(RedisPool.carrying(matrix.redis.async().get("matrix"))
                        .thenApply(nothing -> matrix.replyAfter(plan.carrier())));
            case THEN -> Reply.join(Matrix.TOPIC).andThen(() -> matrix.replyAfter(plan.carrier()));
            case OPEN, CLOSE -> Reply.none();
        };
    }

    @Override
    public void onClose(Session session, int code, String reason) {
        Plan plan = session.attachment(Plan.class);
        if (plan.moment() == Moment.CLOSE) {
            matrix.run(plan.carrier());
        }
    }
}
