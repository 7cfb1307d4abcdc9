package dev.chassis.testing.websocket;

import java.net.URI;
import org.opentest4j.TestAbortedException;

/**
 * One case: a section of an RFC, what is tried, and how.
 *
 * @param offer of compression, empty for none
 */
record ConformanceCase(String section, String name, String offer, Script script) {

    static final String RFC_6455 = "RFC 6455 §";
    static final String RFC_7692 = "RFC 7692 §";
    static final String DEFLATE = "permessage-deflate; client_max_window_bits";

    static ConformanceCase of(String section, String name, Script script) {
        return new ConformanceCase(RFC_6455 + section, name, "", script);
    }

    static ConformanceCase deflating(String section, String name, Script script) {
        return deflating(DEFLATE, section, name, script);
    }

    static ConformanceCase deflating(String offer, String section, String name, Script script) {
        return new ConformanceCase(RFC_7692 + section, name, offer, script);
    }

    String title() {
        return section + " " + name;
    }

    /** Runs it against an endpoint. */
    void run(URI uri, int maxMessageBytes) throws Exception {
        WebSocketRequest request = WebSocketTestClient.to(uri);
        try (Conversation conversation =
                new Conversation((offer.isEmpty() ? request : request.deflate(offer)).connect(), maxMessageBytes)) {
            if (!offer.isEmpty() && !conversation.client().isDeflating()) {
                throw new TestAbortedException("the endpoint declines: " + offer);
            }
            script.run(conversation);
        }
    }

    /** What happens on a connection that has just been opened. */
    @FunctionalInterface
    interface Script {
        void run(Conversation c) throws Exception;
    }
}
