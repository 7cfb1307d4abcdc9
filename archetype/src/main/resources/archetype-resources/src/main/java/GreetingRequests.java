package ${package};

import dev.chassis.messaging.Delivery;
import dev.chassis.messaging.DeliveryHandler;
import dev.chassis.messaging.Message;
import dev.chassis.messaging.Outcome;
import dev.chassis.messaging.PublishResult;
import dev.chassis.messaging.Publisher;
import dev.chassis.messaging.Topology;

/** Greets whom a message names, and tells everybody: at least once, because only then the message leaves its queue. */
final class GreetingRequests implements DeliveryHandler<GreetingRequests.Wanted> {

    static final String QUEUE = "${artifactId}.requests";
    static final String EXCHANGE = "${artifactId}.greetings";

    private final Greetings greetings;
    private final Publisher publisher;

    GreetingRequests(Greetings greetings, Publisher publisher) {
        this.greetings = greetings;
        this.publisher = publisher;
    }

    /** What has to be there before the service is ready. */
    static void declare(Topology topology) {
        topology.exchange(EXCHANGE, "topic").queue(QUEUE);
    }

    /** What is thrown here is tried again later; after eight attempts it is a dead letter. */
    @Override
    public Outcome handle(Delivery<Wanted> delivery) throws Exception {
        String name = delivery.payload().name();
        if (name == null || name.isEmpty()) {
            return Outcome.deadLetter("there is no name");
        }
#if($database != "none")
        if (name.length() > Greetings.LONGEST_NAME) {
            return Outcome.deadLetter("a name of " + name.length() + " characters");
        }
#end
        Message event = Message.json(greetings.greet(name));
        PublishResult told = publisher.publish("greeting.given", event).toCompletableFuture().get();
        return isOver(told) ? Outcome.ack() : Outcome.retry(told.outcome() + " " + told.detail());
    }

    /** Returned is what no queue is bound for: nobody needs to listen. */
    private static boolean isOver(PublishResult told) {
        return told.isConfirmed() || told.outcome() == PublishResult.Outcome.RETURNED;
    }

    /** What the message says: <code>{"name":"Asha"}</code>. */
    record Wanted(String name) {}
}
