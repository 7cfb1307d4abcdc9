package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MaskerTest {

    private static final String JWT =
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

    private final Masker masker = new Masker(Set.of("shoe-size"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            login with password=hunter2 failed                 | login with password=*** failed
            password: hunter2, user: bob                       | password: ***, user: bob
            {"user":"bob","password":"hun\\"ter 2","x":1}      | {"user":"bob","password":"***","x":1}
            {\\"apiKey\\":\\"k-1\\",\\"user\\":\\"bob\\"}      | {\\"apiKey\\":\\"***\\",\\"user\\":\\"bob\\"}
            db.password = 's3cret value' x                     | db.password = '***' x
            Authorization: Bearer abc.def                      | Authorization: ***
            got Bearer abcdefg from them                       | got Bearer *** from them
            Cookie: a=b; c=d                                   | Cookie: ***
            GET /x?access_token=abc&user=bob                   | GET /x?access_token=***&user=bob
            amqp://guest:s3cret@broker:5672/vhost              | amqp://guest:***@broker:5672/vhost
            aws_secret_access_key=abc                          | aws_secret_access_key=***
            my shoe size: shoeSize=44                          | my shoe size: shoeSize=***
            """)
    void masksValuesBehindNamesOfSecrets(String text, String masked) {
        assertThat(masker.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "5555555555554444",
                "2223003122003222",
                "378282246310005",
                "3782 822463 10005",
                "6011111111111117",
                "30569309025904",
                "3530111333300000",
                "6200000000000005",
                "4222222222222"
            })
    void masksNumbersOfCards(String card) {
        assertThat(masker.mask("paid with " + card + ".")).isEqualTo("paid with ***.");
        assertThat(masker.mask(card)).isEqualTo("***");
        assertThat(masker.mask("x" + card + "y")).isEqualTo("x***y");
        assertThat(masker.mask("pan" + card + "cafe")).isEqualTo("pan***cafe");
        assertThat(masker.mask("1 22 " + card + " 7")).doesNotContain(card);
        assertThat(masker.mask(card + ' ' + card)).doesNotContain(card);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112", // the last digit is wrong
                "1732350744000", // a time in milliseconds
                "9999999999999995", // nobody issues these
                "41111111111111110000000000", // too long
                "took 4111 ms, 1111 of them waiting",
                "0af7651916cd43dd8448eb211c80319c",
                "44fc7f67c136e6acfc4816643167500e", // the id of a trace with what would be a card number by itself
                "00-44fc7f67c136e6acfc4816643167500e-00f067aa0ba902b7-01",
                "6390102418505a16", // that of a span
                "failure of 6390102418505a16-1",
                "A002CB47-08E4-4564-9293-4300936A3580", // that of a message
                "orders/a002cb47-08e4-4564-9293-4300936a3580.3",
                "2026-11-23T08:32:24.000120Z",
                "da39a3ee5e6b4b0d3255bfef95601890afd80709", // a digest
                "123e4567-e89b-12d3-a456-426614174000",
                "com.example.orders.internal.OrderRepository.findAllByCustomerId",
                "eyJust text. And. More",
                "AKIA is a prefix",
                "https://example.com/a:b@c",
                "token_count=3 tokens: 17",
                "expected: the task's role has secretsmanager:GetSecretValue",
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:games/database-AbCdEf"
            })
    void leavesNearMissesAlone(String text) {
        assertThat(masker.mask(text)).isSameAs(text);
    }

    @Test
    void masksACardBesideAnId() {
        assertThat(masker.mask("6390102418505a16 4111111111111111 a002cb47-08e4-4564-9293-4300936a3580"))
                .isEqualTo("6390102418505a16 *** a002cb47-08e4-4564-9293-4300936a3580");
        assertThat(masker.mask("a002cb47-4111111111111111")).isEqualTo("a002cb47-***");
        assertThat(masker.mask("4111111111111111-a")).isEqualTo("***-a");
        assertThat(masker.mask("4111-1111-1111-1111-a002cb47")).isEqualTo("***-a002cb47");
    }

    @Test
    void leavesIdsDrawnAtRandomAlone() {
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            String line = "of " + new UUID(random.nextLong(), random.nextLong()) + " by "
                    + Long.toHexString(random.nextLong() | 0xa000_0000_0000_0000L) + "-" + i;

            assertThat(masker.mask(line)).isSameAs(line);
        }
    }

    @Test
    void masksWhatOnlyLooksLikeAnArn() {
        assertThat(masker.mask("12345678901:secret:hunter2")).isEqualTo("12345678901:secret:***");
        assertThat(masker.mask("1234567890ab:secret:hunter2")).isEqualTo("1234567890ab:secret:***");
        assertThat(masker.mask("123456789012 secret:hunter2")).isEqualTo("123456789012 secret:***");
    }

    @Test
    void masksTokensAndKeysOfAws() {
        assertThat(masker.mask("jwt " + JWT + " end")).isEqualTo("jwt *** end");
        assertThat(masker.mask(JWT)).isEqualTo("***");
        assertThat(masker.mask("x/" + JWT)).isEqualTo("x/***");
        assertThat(masker.mask("eyJx." + JWT)).doesNotContain("dozjgNryP4J3");
        assertThat(masker.mask("id AKIAIOSFODNN7EXAMPLE, ASIAIOSFODNN7EXAMPLE")).isEqualTo("id ***, ***");
        assertThat(masker.mask("with wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY in it"))
                .isEqualTo("with *** in it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "user.password",
                "API_KEY",
                "x-api-key",
                "accessToken",
                "Set-Cookie",
                "pin"
            })
    void knowsNamesOfSecrets(String name) {
        assertThat(masker.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "order", "token_count", "shoe", "spin", "company", "id"})
    void knowsHarmlessNames(String name) {
        assertThat(masker.isSecret(name)).isFalse();
    }

    /** Whatever stands around a secret, it does not come out. */
    @Test
    void leavesNoSecretInAnySurroundings() {
        Random random = new Random(6);
        String[] secrets = {JWT, "AKIAIOSFODNN7EXAMPLE", "4111111111111111", "5555 5555 5555 4444"};
        String around = " ,;:=\"'\\/.&?{}[]()\n\tab \u202e\ud83d\ude00";
        for (int i = 0; i < 20_000; i++) {
            String secret = secrets[random.nextInt(secrets.length)];
            String text = noise(random, around) + " " + secret + " " + noise(random, around);
            assertThat(masker.mask(text)).as(text).doesNotContain(secret);
        }
    }

    private static String noise(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** Quadratic time would take hours for each of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJ",
                "eyJ.",
                "eyJa.b",
                "A",
                "AKIA",
                "1 ",
                "4111 ",
                "password=",
                "password:\"",
                "\\\"",
                "://a",
                ":",
                "e:",
                "Bearer ",
                "token=\\\""
            })
    void takesLinearTimeForTwoMillionCharacters(String hostile) {
        masker.mask(hostile.repeat(2_000_000 / hostile.length()));
    }
}
