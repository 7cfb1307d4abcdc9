package dev.chassis.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
    void knowsThisHost(String address) {
        assertThat(Loopback.contains(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "1127.0.0.1",
                "127.evil.example",
                "localhost",
                "",
                "0.0.0.0",
                "::",
                "fe80::1",
                "::2",
                "::ffff:10.0.0.1",
                "2001:db8::1",
                "not:an:address",
                "unknown"
            })
    void takesEverythingElseForOutside(String address) {
        assertThat(Loopback.contains(address)).isFalse();
    }
}
