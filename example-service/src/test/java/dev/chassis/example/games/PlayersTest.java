package dev.chassis.example.games;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.TestResponse;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayersTest {

    @RegisterExtension
    @Order(1)
    final Playground playground = new Playground();

    @RegisterExtension
    @Order(2)
    final ChassisExtension service = playground.task();

    @Test
    void aRegisteredPlayerIsFoundWhereTheAnswerSays() {
        TestResponse created = service.client().post("/players", Map.of("name", " Asha "));

        assertThat(created.status()).isEqualTo(201);
        TestResponse found = service.client().get(created.header("location").orElseThrow());
        assertThat(found.json(Player.class)).isEqualTo(new Player(1, "Asha"));
    }

    @Test
    void aNameIsTakenOnce() {
        assertThat(new GameClient(service.client()).register("Asha").status()).isEqualTo(201);
        assertThat(new GameClient(service.client()).register("Asha").status()).isEqualTo(409);
        assertThat(service.client().get("/players").json(Player[].class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"\"}",
                "{\"name\":\"A\"}",
                "{\"name\":\"0123456789012345678901234567890\"}",
                "{\"name\":\"As\\u0000ha\"}"
            })
    void aNameThatDoesNotFitIsUnprocessable(String body) {
        TestResponse refused = service.client().post("/players", body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/detail").asString()).startsWith("name: ").contains("2 to 30");
    }

    @Test
    void whatIsNoJsonIsABadRequest() {
        assertThat(service.client().post("/players", "{").status()).isEqualTo(400);
    }

    @Test
    void anUnknownPlayerIsNotFoundAndAnIdThatIsNoNumberIsABadRequest() {
        assertThat(service.client().get("/players/7").status()).isEqualTo(404);
        assertThat(service.client().get("/players/seven").status()).isEqualTo(400);
    }

    @Test
    void nobodySignsInUnderAnUnknownName() {
        assertThat(service.client().post("/logins", Map.of("name", "Nobody")).status())
                .isEqualTo(401);
        assertThat(service.client().post("/logins", "{}").status()).isEqualTo(401);
        assertThat(service.client()
                        .post("/logins", "{\"name\":\"As\\u0000ha\"}")
                        .status())
                .isEqualTo(401);
    }
}
