#set($pools = $database != "none" || $redis == "true" || $hazelcast == "true")
package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.TestResponse;
#if($hazelcast == "true")
import java.time.Instant;
#end
#if($database != "none" || $hazelcast == "true")
import java.util.UUID;
#end
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service, started for real and asked over HTTP. */
class ApplicationTest {

    @RegisterExtension
    static final ChassisExtension service = ChassisExtension.of("${artifactId}", Application::assemble)
            .config("greeting.salutation", "Welcome");

    @Test
    void greetsByName() {
        TestResponse response = service.client().get("/greetings/Asha");

        assertThat(response.status()).isEqualTo(200);
#if(!$pools)
        assertThat(response.json(Greetings.Greeting.class)).isEqualTo(new Greetings.Greeting("Welcome, Asha!"));
#else
        assertThat(response.json(Greetings.Greeting.class).text()).isEqualTo("Welcome, Asha!");
#end
    }
#if($database != "none")

    @Test
    void countsThePeopleItGreets() {
        String somebody = somebody();

        assertThat(greet(somebody).times()).isEqualTo(1);
        assertThat(greet(somebody).times()).isEqualTo(2);
        assertThat(greet(somebody()).times()).isEqualTo(1);
    }

    @Test
    void refusesANameThatDoesNotFit() {
        assertThat(service.client().get("/greetings/" + "a".repeat(101)).status()).isEqualTo(400);
    }
#end
#if($redis == "true")

    @Test
    void countsEveryGreeting() {
        long before = greet("Asha").total();

        assertThat(greet("Ravi").total()).isGreaterThan(before);
    }
#end
#if($hazelcast == "true")

    @Test
    void remembersSinceWhen() {
        String somebody = somebody();
        Instant since = greet(somebody).since();

        assertThat(greet(somebody).since()).isEqualTo(since);
        assertThat(greet(somebody()).since()).isAfter(since);
    }
#end

    @Test
    void isReady() {
        assertThat(service.client().get("/readyz").status()).isEqualTo(200);
    }
#if($pools)

    private static Greetings.Greeting greet(String name) {
        return service.client().get("/greetings/" + name).json(Greetings.Greeting.class);
    }
#end
#if($database != "none" || $hazelcast == "true")

    /** Servers on a developer's machine remember earlier runs. */
    private static String somebody() {
        return "Asha-" + UUID.randomUUID();
    }
#end
}
