package dev.chassis.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationHeadersTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String VALID = "00-" + TRACE + "-b7ad6b7169203331-01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000001-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-will-be",
                "fe-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void takesTheTraceIdOfAValidTraceparent(String traceparent) {
        assertIds(CorrelationHeaders.read(null, traceparent), TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "00",
                "0af7651916cd43dd8448eb211c80319c",
                // not exactly as long as version 00 is
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-011",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c0-b7ad6b7169203331-01",
                // a later version must go on with a dash
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
                // all zeroes
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                // the version that must never be
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                // upper case
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01",
                "FE-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0A",
                // no hex
                "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
                "..-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                // other separators, spaces, line feeds
                "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
                "00 0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331 01",
                " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 ",
                "00-0af7651916cd43dd8448eb211c8031\n9-b7ad6b7169203331-01",
                "00-\u0660af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void mintsATraceIdWhereTheTraceparentIsNotValid(String traceparent) {
        Correlation correlation = CorrelationHeaders.read("given", traceparent);

        assertMinted(correlation.traceId());
        assertThat(correlation.id()).isEqualTo("given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "0", ".", "_", "-", "order-7.retry_2", "..."})
    void takesACorrelationIdOfLettersDigitsDotsDashesAndUnderscores(String id) {
        assertIds(CorrelationHeaders.read(id, VALID), id);
    }

    @Test
    void takesACorrelationIdOfSixtyFourCharactersAndNoMore() {
        assertThat(CorrelationHeaders.read("x".repeat(64), VALID).id()).hasSize(64);
        assertThat(CorrelationHeaders.read("x".repeat(65), VALID).id()).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                " a",
                "a ",
                "a\nb",
                "a\r\nset-cookie: x",
                "a\tb",
                "a\u0000",
                "é",
                "\u0661",
                "a/b",
                "a:b",
                "a,b",
                "\"a\"",
                "{a}",
                "<a>",
                "a=b",
                "a+b",
                "a%0a",
                "a@b",
                "a`b",
                "a[b",
                "\ud83d\ude00"
            })
    void usesTheTraceIdWhereTheCorrelationIdIsNotValid(String id) {
        assertIds(CorrelationHeaders.read(id, VALID), TRACE);
    }

    @Test
    void mintsOneIdForBothWhenThereIsNoHeader() {
        Correlation correlation = CorrelationHeaders.read(null, null);

        assertMinted(correlation.traceId());
        assertThat(correlation.id()).isEqualTo(correlation.traceId());
    }

    @Test
    void mintsIdsThatAreDifferentAndValid() {
        Set<String> minted = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String traceId = Correlation.mint().traceId();
            assertThat(CorrelationHeaders.read(null, "00-" + traceId + "-b7ad6b7169203331-01")
                            .traceId())
                    .isEqualTo(traceId);
            minted.add(traceId);
        }
        assertThat(minted).hasSize(10_000);
    }

    private static void assertMinted(@Nullable String traceId) {
        assertThat(traceId).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
    }

    @Test
    void takesTheTraceFromTheRootOfALoadBalancerWhereThereIsNoTraceparent() {
        String header = "Self=1-67891234-12456789abcdef012345678;Root=1-67891233-abcdef012345678912345678";
        Correlation correlation = CorrelationHeaders.read(null, null, header);

        assertThat(correlation.traceId()).isEqualTo("67891233abcdef012345678912345678");
        assertThat(correlation.xrayRoot()).isEqualTo("1-67891233-abcdef012345678912345678");
        assertIds(CorrelationHeaders.read(null, VALID, header), TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Root=",
                "Root=1-67891233-abcdef01234567891234567",
                "Root=1-67891233-abcdef0123456789123456789",
                "Root=1-6789123X-abcdef012345678912345678",
                "Root=1-67891233_abcdef012345678912345678",
                "Root=1-00000000-000000000000000000000000",
                "xRoot=1-67891233-abcdef012345678912345678"
            })
    void ignoresARootThatIsNone(String header) {
        assertThat(CorrelationHeaders.read(null, null, header).xrayRoot()).isNull();
    }

    @Test
    void tellsOthersItsOwnSpanAndWhetherTheCallerRecords() {
        Correlation correlation = CorrelationHeaders.read(null, "00-" + TRACE + "-b7ad6b7169203331-01");

        assertThat(correlation.spanId()).matches("[0-9a-f]{16}").isNotEqualTo("b7ad6b7169203331");
        assertThat(correlation.traceparent()).isEqualTo("00-" + TRACE + "-" + correlation.spanId() + "-01");
    }

    private static void assertIds(Correlation correlation, String id) {
        assertThat(correlation.id()).isEqualTo(id);
        assertThat(correlation.traceId()).isEqualTo(TRACE);
        assertThat(correlation.spanId()).matches("[0-9a-f]{16}");
    }
}
