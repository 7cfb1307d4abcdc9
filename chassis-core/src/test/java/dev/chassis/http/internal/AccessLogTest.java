package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccessLogTest {

    @Test
    void tellsTheNamesOfAQueryAndNoValue() {
        assertThat(AccessLog.redacted("token=abc&user=bob&flag&x=")).isEqualTo("token=***&user=***&***&x=***");
        assertThat(AccessLog.redacted("")).isEqualTo("***");
        assertThat(AccessLog.redacted("a=b=c")).isEqualTo("a=***");
    }
}
