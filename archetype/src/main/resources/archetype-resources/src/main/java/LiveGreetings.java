package ${package};

import dev.chassis.websocket.Reply;
import dev.chassis.websocket.Session;
import dev.chassis.websocket.WebSocketHandler;
#if($database != "none")
import java.sql.SQLException;
#end

/** Whoever is connected hears of every greeting#if($redis == "true" || $hazelcast == "true"), given by whichever task#end. A message is a name: it is greeted, too. */
final class LiveGreetings implements WebSocketHandler<String> {

    static final String TOPIC = "greetings";
#if($database != "none")
    private static final int POLICY_VIOLATION = 1008; // RFC 6455, section 7.4.1
#end

    private final Greetings greetings;

    LiveGreetings(Greetings greetings) {
        this.greetings = greetings;
    }

    @Override
    public Reply onOpen(Session session) {
        return Reply.join(TOPIC);
    }

    @Override
    public Reply onMessage(Session session, String name)#if($database != "none") throws SQLException#end {
#if($database != "none")
        if (name.length() > Greetings.LONGEST_NAME) {
            return Reply.close(POLICY_VIOLATION, "a name of " + name.length() + " characters");
        }
#end
        greetings.greet(name);
        return Reply.none(); // it has heard already, as everybody has
    }
}
