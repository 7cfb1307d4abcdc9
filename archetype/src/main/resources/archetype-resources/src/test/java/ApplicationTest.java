package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.TestResponse;
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
        assertThat(response.json(Greetings.Greeting.class)).isEqualTo(new Greetings.Greeting("Welcome, Asha!"));
    }

    @Test
    void isReady() {
        assertThat(service.client().get("/readyz").status()).isEqualTo(200);
    }
}
