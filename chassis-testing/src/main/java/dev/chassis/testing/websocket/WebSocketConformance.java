package dev.chassis.testing.websocket;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * RFC 6455 and RFC 7692 as cases for any endpoint that echoes messages, in one line of JUnit:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> conformance() {
 *     return WebSocketConformance.of(() -> uri).cases();
 * }
 * }</pre>
 *
 * <p>The endpoint answers each text or binary message with the same one and needs no authentication; it takes messages of
 * {@link #maxMessageBytes} in up to 70,000 fragments, and has no limits of messages or control frames per second. Where it declines
 * compression, those cases are skipped. The same families as the Autobahn test suite, from the RFCs: framing, pings, reserved bits, opcodes,
 * fragments, UTF-8, closing, limits, compression; and masks, handshakes and bombs. Immutable.
 */
public final class WebSocketConformance {

    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private final Supplier<URI> uri;
    private final int maxMessageBytes;

    private WebSocketConformance(Supplier<URI> uri, int maxMessageBytes) {
        this.uri = uri;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** The kit for this endpoint, which is asked for when the first case runs. */
    public static WebSocketConformance of(Supplier<URI> uri) {
        return new WebSocketConformance(uri, MAX_MESSAGE_BYTES);
    }

    /** What the endpoint takes; a longer message must be closed with 1009. Default: 16 MiB. */
    public WebSocketConformance maxMessageBytes(int bytes) {
        return new WebSocketConformance(uri, bytes);
    }

    /** All cases, by family. */
    public Stream<DynamicNode> cases() {
        List<DynamicNode> nodes = new ArrayList<>();
        families()
                .forEach((family, cases) -> nodes.add(DynamicContainer.dynamicContainer(
                        family + " (" + cases.size() + ")", cases.stream().map(this::test))));
        List<HandshakeCase> handshakes = HandshakeCases.all();
        nodes.add(DynamicContainer.dynamicContainer(
                "handshakes (" + handshakes.size() + ")", handshakes.stream().map(this::test)));
        return nodes.stream();
    }

    static Map<String, List<ConformanceCase>> families() {
        Map<String, List<ConformanceCase>> families = new LinkedHashMap<>();
        families.put("framing", FramingCases.all());
        families.put("masks", MaskCases.all());
        families.put("pings", PingCases.all());
        families.put("reserved bits", ReservedBitCases.all());
        families.put("opcodes", OpcodeCases.all());
        families.put("fragments", FragmentCases.all());
        families.put("UTF-8", Utf8Cases.all());
        families.put("closing", CloseCases.all());
        families.put("limits", LimitCases.all());
        families.put("compression", CompressionCases.all());
        families.put("offers of compression", OfferCases.all());
        families.put("compressed data", DeflateDataCases.all());
        families.put("bombs", BombCases.all());
        return families;
    }

    private DynamicTest test(ConformanceCase one) {
        return DynamicTest.dynamicTest(one.title(), () -> one.run(uri.get(), maxMessageBytes));
    }

    private DynamicTest test(HandshakeCase one) {
        return DynamicTest.dynamicTest(one.title(), () -> one.script().run(WebSocketTestClient.to(uri.get())));
    }
}
