#set($live = $websocket == "true")
#set($shared = $live || $messaging == "rabbitmq")
#set($pools = $database != "none" || $redis == "true" || $hazelcast == "true")
package ${package};

#if($hazelcast == "true")
import com.hazelcast.map.IMap;
import dev.chassis.hazelcast.HazelcastPool;
#end
#if($kind == "http")
import dev.chassis.http.Handler;
#if($database != "none")
import dev.chassis.http.HttpException;
#end
import dev.chassis.http.Request;
import dev.chassis.http.Response;
#end
#if($redis == "true")
import dev.chassis.redis.RedisPool;
#end
#if($live)
import dev.chassis.websocket.Message;
import dev.chassis.websocket.Topics;
#end
#if($database != "none")
import java.sql.SQLException;
#end
#if($hazelcast == "true")
import java.time.Instant;
import java.util.concurrent.TimeUnit;
#end
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Greets people. */
final class Greetings#if($kind == "http") implements Handler#end {

    private static final Logger LOG = LoggerFactory.getLogger(Greetings.class);
#if($database != "none")
    static final int LONGEST_NAME = 100;
#end

    private final GreetingConfig config;
#if($database != "none")
    private final Visits visits;
#end
#if($redis == "true")
    private final RedisPool<String, String> redis;
#end
#if($hazelcast == "true")
    private final HazelcastPool hazelcast;
#end
#if($live)
    private final Topics topics;
#end

    Greetings(GreetingConfig config#if($database != "none"), Visits visits#end#if($redis == "true"), RedisPool<String, String> redis#end#if($hazelcast == "true"), HazelcastPool hazelcast#end#if($live && $database != "none" && $redis == "true" && $hazelcast == "true"),
            Topics topics#elseif($live), Topics topics#end) {
        this.config = config;
#if($database != "none")
        this.visits = visits;
#end
#if($redis == "true")
        this.redis = redis;
#end
#if($hazelcast == "true")
        this.hazelcast = hazelcast;
#end
#if($live)
        this.topics = topics;
#end
    }

#if($kind == "http")
    @Override
    public Response handle(Request request)#if($database != "none") throws SQLException#end {
        String name = request.path("name");
#if($database != "none")
        if (name.length() > LONGEST_NAME) {
            throw HttpException.badRequest(
                    "name: " + name.length() + " characters (expected: at most " + LONGEST_NAME + ")");
        }
#end
#end
#if($shared)
#if($kind == "http")
        return Response.json(greet(name));
    }

#end
    Greeting greet(String name)#if($database != "none") throws SQLException#end {
        LOG.info("greeting {}", name);
#if($live)
        String text = config.salutation() + ", " + name + "!";
        Greeting greeting = new Greeting(text#if($database != "none"), visits.add(name)#end#if($redis == "true"), total()#end#if($hazelcast == "true"), since(name)#end);
        topics.publish(LiveGreetings.TOPIC, Message.json(greeting));
        return greeting;
#elseif($pools)
        String text = config.salutation() + ", " + name + "!";
        return new Greeting(text#if($database != "none"), visits.add(name)#end#if($redis == "true"), total()#end#if($hazelcast == "true"), since(name)#end);
#else
        return new Greeting(config.salutation() + ", " + name + "!");
#end
#else
        LOG.info("greeting {}", name);
#if($pools)
        String text = config.salutation() + ", " + name + "!";
        return Response.json(new Greeting(text#if($database != "none"), visits.add(name)#end#if($redis == "true"), total()#end#if($hazelcast == "true"), since(name)#end));
#else
        return Response.json(new Greeting(config.salutation() + ", " + name + "!"));
#end
#end
    }
#if($redis == "true")

    private long total() {
        return redis.sync().incr("${artifactId}:greetings");
    }
#end
#if($hazelcast == "true")

    private Instant since(String name) {
        Instant now = Instant.now();
        IMap<String, Instant> greeted = hazelcast.map("${artifactId}.greeted");
        Instant before = greeted.putIfAbsent(name, now, 1, TimeUnit.HOURS);
        return before == null ? now : before;
    }
#end

#if(!$pools)
    /** What the caller gets. */
    record Greeting(String text) {}
#else
    /**
     * What the caller gets.
     *
#if($database != "none")
     * @param times how often this person was greeted, ever: the database knows
#end
#if($redis == "true")
     * @param total how many greetings all tasks have given: Redis counts
#end
#if($hazelcast == "true")
     * @param since when this person was first greeted, as Hazelcast remembers for an hour
#end
     */
    record Greeting(String text#if($database != "none"), long times#end#if($redis == "true"), long total#end#if($hazelcast == "true"), Instant since#end) {}
#end
}
