package dev.chassis.example.games;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every start would otherwise do for a configuration interface, the build has done. */
class CompiledMappingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"$$Keys", "$$CMImpl"})
    void areBesideTheirInterface(String made) {
        assertThatCode(() -> Class.forName(GamesConfig.class.getName() + made)).doesNotThrowAnyException();
    }
}
