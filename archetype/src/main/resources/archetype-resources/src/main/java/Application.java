#set($rabbit = $messaging == "rabbitmq")
#set($pools = $database != "none" || $redis == "true" || $hazelcast == "true")
#set($live = $websocket == "true")
#set($bare = !$pools && !$rabbit && !$live)
package ${package};

import dev.chassis.Chassis;
import dev.chassis.Service;
#if($live)
import dev.chassis.departure.DepartureWatch;
#end
#if($hazelcast == "true")
import dev.chassis.hazelcast.HazelcastPool;
#end
#if($database != "none")
import dev.chassis.jdbc.JdbcPool;
#end
#if($rabbit)
import dev.chassis.messaging.Publisher;
import dev.chassis.messaging.RabbitConnection;
#end
#if($redis == "true")
#if($live)
import dev.chassis.redis.RedisBus;
#end
import dev.chassis.redis.RedisPool;
#end
#if($live)
import dev.chassis.websocket.WebSockets;
#end

/** The service on one screen: its parts, and what it #if($kind == "http")answers#{else}works on#end. */
public final class Application {

    private Application() {}

    public static void main(String[] args) {
        Chassis.run("${artifactId}", args, Application::assemble);
    }

    static void assemble(Service service) {
        GreetingConfig config = service.config(GreetingConfig.class);
#if($database != "none")
        JdbcPool database = service.add(JdbcPool.from(service));
#end
#if($redis == "true")
        RedisPool<String, String> redis = service.add(RedisPool.from(service));
#end
#if($hazelcast == "true")
        HazelcastPool hazelcast = service.add(HazelcastPool.from(service));
#end
#if($rabbit)
        RabbitConnection rabbit = service.add(RabbitConnection.from(service).topology(GreetingRequests::declare));
        Publisher publisher = service.add(rabbit.publisher(GreetingRequests.EXCHANGE));
#end
#if($live)
#if($redis == "true")
        WebSockets sockets = service.add(WebSockets.from(service).over(service.add(RedisBus.over(redis))));
#elseif($hazelcast == "true")
        WebSockets sockets = service.add(WebSockets.from(service).over(hazelcast.bus()));
#else
        WebSockets sockets = service.add(WebSockets.from(service));
#end
        service.add(DepartureWatch.from(service)).onDeparture(leaving -> sockets.moveAway(leaving.window()));
#end

#if($database != "none")
        Visits visits = new Visits(database);
        service.warmUp("migrations", visits::migrate);

#end
#if($bare)
        service.http(routes -> routes.get("/greetings/{name}", new Greetings(config)));
#elseif($kind == "worker")
#if($pools)
        Greetings greetings = new Greetings(config#if($database != "none"), visits#end#if($redis == "true"), redis#end#if($hazelcast == "true"), hazelcast#end);
        GreetingRequests requests = new GreetingRequests(greetings, publisher);
#else
        GreetingRequests requests = new GreetingRequests(new Greetings(config), publisher);
#end
        service.add(rabbit.consumer(GreetingRequests.QUEUE, GreetingRequests.Wanted.class, requests));
#else
        Greetings greetings = new Greetings(config#if($database != "none"), visits#end#if($redis == "true"), redis#end#if($hazelcast == "true"), hazelcast#end#if($live), sockets.topics()#end);
#if($live)
        service.http(routes -> routes.get("/greetings/{name}", greetings)
                .get("/live", sockets.text(new LiveGreetings(greetings))));
#else
        service.http(routes -> routes.get("/greetings/{name}", greetings));
#end
#if($rabbit)

        GreetingRequests requests = new GreetingRequests(greetings, publisher);
        service.add(rabbit.consumer(GreetingRequests.QUEUE, GreetingRequests.Wanted.class, requests));
#end
#end
    }
}
