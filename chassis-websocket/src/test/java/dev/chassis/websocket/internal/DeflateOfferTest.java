package dev.chassis.websocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOfferTest {

    private static final String PLAIN = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "Permessage-Deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=10",
                "permessage-deflate;server_no_context_takeover;client_no_context_takeover",
                "x-webkit-deflate-frame, permessage-deflate; client_max_window_bits=\"15\"",
                "permessage-deflate; server_max_window_bits=7, permessage-deflate",
            })
    void accepts(String offer) {
        assertThat(DeflateOffer.accept(List.of(offer))).isEqualTo(new DeflateOffer(PLAIN, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",;,",
                "x-webkit-deflate-frame",
                "permessage-deflate; unknown",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=09",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits; client_max_window_bits",
                "permessage-deflate; ",
            })
    void declines(String offer) {
        assertThat(DeflateOffer.accept(List.of(offer))).isNull();
    }

    @Test
    void sendsPlainFramesToClientsWithASmallWindow() {
        assertThat(DeflateOffer.accept(List.of("permessage-deflate; server_max_window_bits=9")))
                .isEqualTo(new DeflateOffer(PLAIN + "; server_max_window_bits=9", false));
        assertThat(DeflateOffer.accept(List.of("other", "permessage-deflate; server_max_window_bits=15")))
                .isEqualTo(new DeflateOffer(PLAIN + "; server_max_window_bits=15", true));
    }
}
