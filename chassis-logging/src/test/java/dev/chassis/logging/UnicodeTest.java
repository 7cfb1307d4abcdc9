package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnicodeTest {

    @ParameterizedTest
    @CsvSource({
        "'',                 ''",
        "plain,              plain",
        "\ud83d\ude00,       \ud83d\ude00",
        "a\ud83d\ude00b,     a\ud83d\ude00b"
    })
    void leavesTextAsItIs(String text, String same) {
        assertThat(Unicode.wellFormed(text)).isEqualTo(same);
    }

    @Test
    void returnsTheVeryTextWhenThereIsNothingToRepair() {
        String text = "a\ud83d\ude00b";
        assertThat(Unicode.wellFormed(text)).isSameAs(text);
    }

    @Test
    void replacesEveryLoneSurrogate() {
        assertThat(Unicode.wellFormed("\ud800")).isEqualTo("\ufffd");
        assertThat(Unicode.wellFormed("\udc00")).isEqualTo("\ufffd");
        assertThat(Unicode.wellFormed("\ud83d\ud83d\ude00")).isEqualTo("\ufffd\ud83d\ude00");
        assertThat(Unicode.wellFormed("\ud83d\ude00\ude00x\ud83d")).isEqualTo("\ud83d\ude00\ufffdx\ufffd");
        assertThat(Unicode.wellFormed("\udc00\ud800")).isEqualTo("\ufffd\ufffd");
    }

    @Test
    void cutsANameAndRepairsTheCut() {
        assertThat(Unicode.name("x".repeat(255) + "\ud83d\ude00")).isEqualTo("x".repeat(255) + "\ufffd");
    }
}
