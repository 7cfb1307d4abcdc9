package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "port, port, 0",
        "prot, port, 1",
        "pot, port, 1",
        "poort, port, 1",
        "pxrt, port, 1",
        "'', port, 4",
        "size, bytes, 4",
        "kitten, sitting, 3"
    })
    void theDistanceCountsInsertsDeletesReplacementsAndSwaps(String a, String b, int distance) {
        assertThat(Suggestions.distance(a, b)).isEqualTo(distance);
        assertThat(Suggestions.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void theClosestNameIsSuggested() {
        assertThat(Suggestions.didYouMean("a.ports", List.of("a.parse", "a.port", "a.posters")))
                .isEqualTo("; did you mean a.port?");
    }

    @Test
    void theSameNameInAnotherGroupIsSuggestedUnlessThereAreMany() {
        assertThat(Suggestions.didYouMean("c.port", List.of("one.group.port", "two.groups.port")))
                .isEqualTo("; did you mean one.group.port or two.groups.port?");
        assertThat(Suggestions.didYouMean("c.port", List.of("one.x.port", "two.xx.port", "three.xxx.port")))
                .isEmpty();
    }
}
