package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is chosen for which broker. Only LADDER can be run here. */
class RetryModeTest {

    @ParameterizedTest
    @CsvSource({
        "RabbitMQ, 4.3.0, true, NATIVE",
        "RabbitMQ, 4.10.1, true, NATIVE",
        "RabbitMQ, 5.0.0-rc.1, true, NATIVE",
        "RabbitMQ, 4.3.0, false, LADDER",
        "RabbitMQ, 4.2.9, true, LADDER",
        "RabbitMQ, 3.13.7, true, LADDER",
        "RabbitMQ, 3.10.8, false, LADDER",
        "RabbitMQ, none, true, LADDER",
        "qpid, 9.2.1, true, MEMORY",
    })
    void choosesByProductVersionAndQueue(String product, String version, boolean queueIsNative, RetryMode expected) {
        assertThat(RetryMode.choose(new Broker(product, version, Set.of()), queueIsNative))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"RabbitMQ, 3.10.0, true", "RabbitMQ, 3.9.29, false", "RabbitMQ, 4.0.1, true", "qpid, 9.2.1, false"})
    void deadLettersAtLeastOnceWhereItCan(String product, String version, boolean expected) {
        assertThat(RetryMode.deadLettersAtLeastOnce(new Broker(product, version, Set.of())))
                .isEqualTo(expected);
    }
}
