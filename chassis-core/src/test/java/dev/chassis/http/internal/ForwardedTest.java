package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.http.Response;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedTest {

    @ParameterizedTest(name = "{0} hops of <{1}> are {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 1.1.1.1                   | peer",
                "1 | 1.1.1.1                   | 1.1.1.1",
                "1 | 6.6.6.6, 1.1.1.1          | 1.1.1.1",
                "2 | 6.6.6.6, 1.1.1.1, 10.0.0.1 | 1.1.1.1",
                "3 | 1.1.1.1, 10.0.0.1         | 1.1.1.1",
                "1 | 1.1.1.1:5678              | 1.1.1.1",
                "1 | 2001:db8::1               | 2001:db8::1",
                "1 | [2001:db8::1]:5678        | 2001:db8::1",
                "1 | unknown                   | peer",
                "1 | 1.1.1.1,                  | peer",
                "1 | <script>                  | peer",
                "1 | 1.1.1.1%0a                | peer"
            })
    void findsTheClientBehindTrustedProxies(int hops, String value, String expected) {
        HttpHeaders headers = new DefaultHttpHeaders().add("X-Forwarded-For", value);
        assertThat(Forwarded.clientAddress(headers, hops, "peer")).isEqualTo(expected);
    }

    @Test
    void readsRepeatedHeadersAsOneList() {
        HttpHeaders headers =
                new DefaultHttpHeaders().add("X-Forwarded-For", "6.6.6.6").add("x-forwarded-for", "1.1.1.1, 10.0.0.1");
        assertThat(Forwarded.clientAddress(headers, 2, "peer")).isEqualTo("1.1.1.1");
    }

    @Test
    void tellsTheExchange() throws Exception {
        String request = "GET / HTTP/1.1\r\nHost: own\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-Proto: https\r\n"
                + "X-Forwarded-Host: shop.example\r\n\r\n";
        try (TestServer trusting = new TestServer("trusted-proxies", "1");
                TestServer wary = new TestServer()) {
            for (TestServer server : new TestServer[] {trusting, wary}) {
                server.paths.at("/", x -> Response.text(x.clientAddress() + " " + x.scheme() + " " + x.authority()));
            }
            assertThat(trusting.client().send(request).answer().text()).isEqualTo("1.1.1.1 https shop.example");
            assertThat(wary.client().send(request).answer().text()).isEqualTo("127.0.0.1 http own");
        }
    }
}
