package dev.chassis.testing.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an offer of compression may ask for, and what the answer must then say (RFC 7692, sections 5.1 and 7.1). */
final class OfferCases {

    private static final String NAME = "permessage-deflate";

    private static final String[] OFFERS = {
        NAME,
        NAME + "; client_max_window_bits",
        NAME + "; client_max_window_bits=9",
        NAME + "; client_no_context_takeover",
        NAME + "; server_no_context_takeover",
        NAME + "; server_no_context_takeover; client_no_context_takeover; client_max_window_bits",
        NAME + "; server_max_window_bits=15",
        NAME + "; server_max_window_bits=9",
        NAME + "; server_max_window_bits=9; server_no_context_takeover; client_max_window_bits=15",
        NAME + "; server_max_window_bits=\"10\", " + NAME,
        "x-unknown; a=b, " + NAME + "; client_max_window_bits",
    };

    private static final String[] WRONG = {
        NAME + "; unknown_parameter",
        NAME + "; server_max_window_bits=7",
        NAME + "; server_max_window_bits=16",
        NAME + "; server_max_window_bits=010",
        NAME + "; server_max_window_bits",
        NAME + "; client_max_window_bits=16",
        NAME + "; server_no_context_takeover=true",
        NAME + "; server_no_context_takeover; server_no_context_takeover",
        "x-webkit-deflate-frame",
    };

    private OfferCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        for (String offer : OFFERS) {
            cases.add(ConformanceCase.deflating(offer, "7.1", offer, c -> answered(c, offer)));
            for (int size : CompressionCases.SIZES) {
                cases.add(ConformanceCase.deflating(
                        offer,
                        "7.1",
                        offer + ": JSON of " + size,
                        c -> CompressionCases.echo(
                                c, CompressionCases.json(size), size < 8_192 ? Integer.MAX_VALUE : 1_024)));
            }
        }
        for (String offer : WRONG) {
            cases.add(ConformanceCase.of("9.1", "not agreed to: " + offer, c -> declined(c, offer)));
        }
        return cases;
    }

    private static void answered(Conversation c, String offer) {
        List<String> parts = Arrays.stream(c.client()
                        .response()
                        .header("sec-websocket-extensions")
                        .orElseThrow()
                        .split(";"))
                .map(String::strip)
                .toList();
        assertEquals(NAME, parts.get(0));
        String accepted = offer.replace("\"", "");
        if (!accepted.contains(", ")) {
            assertTrue(
                    !accepted.contains("server_no_context_takeover") || parts.contains("server_no_context_takeover"),
                    parts::toString);
            assertTrue(
                    !accepted.contains("server_max_window_bits")
                            || parts.stream().anyMatch(part -> part.startsWith("server_max_window_bits=")),
                    parts::toString);
        }
        if (!accepted.contains("client_max_window_bits")) {
            assertTrue(parts.stream().noneMatch(part -> part.startsWith("client_max_window_bits")), parts::toString);
        }
        c.echoes("not compressed").closes(); // which the sender may choose for each message
    }

    /** The connection is one without compression. */
    private static void declined(Conversation plain, String offer) {
        URI uri = plain.client().uri();
        try (Conversation c =
                new Conversation(WebSocketTestClient.to(uri).deflate(offer).connect(), 0)) {
            assertTrue(!c.client().isDeflating(), "the endpoint agreed to what it cannot know");
            c.echoes("not compressed").closes();
        }
    }
}
