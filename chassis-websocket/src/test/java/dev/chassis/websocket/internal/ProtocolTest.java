package dev.chassis.websocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProtocolTest {

    private final DeflatePool pool = new DeflatePool(2);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void deliversMessagesWholeAndInFragments() {
        try (Wire wire = Wire.plain()) {
            wire.feed(ClientBytes.of()
                    .text("whole")
                    .frame(0x01, "in ".getBytes(StandardCharsets.UTF_8))
                    .ping("between")
                    .frame(0x80, "pieces €".getBytes(StandardCharsets.UTF_8))
                    .frame(0x82, new byte[] {1, 2, 3}));
            assertThat(wire.heard).containsExactly("text whole", "text in pieces €", "binary 010203");
            assertThat(wire.sent()).containsExactly("pong between");
        }
    }

    @Test
    void inflatesMessages() {
        try (Wire wire = new Wire(ProtocolSettings.defaults(), pool)) {
            byte[] deflated = ClientBytes.deflated("compressed €".getBytes(StandardCharsets.UTF_8));
            wire.feed(ClientBytes.of().frame(0xc1, deflated).text("not compressed"));
            assertThat(wire.heard).containsExactly("text compressed €", "text not compressed");
        }
    }

    @Test
    void answersACloseFrameAndCloses() {
        try (Wire wire = Wire.plain()) {
            wire.feed(ClientBytes.of().close(3001, "bye").text("too late"));
            assertThat(wire.heard).containsExactly("peerClosed 3001 bye", "gone");
            assertThat(wire.sent()).containsExactly("close 3001");
            assertThat(wire.channel.isOpen()).isFalse();
        }
    }

    @Test
    void closesWhenThePeerHasAnswered() {
        try (Wire wire = Wire.plain()) {
            wire.protocol.close(1001, "going");
            wire.protocol.close(1000, "twice");
            wire.feed(ClientBytes.of().text("on its way").ping("too"));
            assertThat(wire.channel.isOpen()).isTrue();
            wire.feed(ClientBytes.of().close(1001, ""));
            assertThat(wire.heard).containsExactly("gone");
            assertThat(wire.sent()).containsExactly("close 1001");
            assertThat(wire.channel.isOpen()).isFalse();
        }
    }

    @Test
    void closesAPeerThatNeverAnswersWhenTimeIsUp() {
        try (Wire wire = Wire.plain()) {
            wire.channel.freezeTime();
            wire.protocol.close(1001, "going");
            wire.channel.advanceTimeBy(4_999, TimeUnit.MILLISECONDS);
            wire.channel.runScheduledPendingTasks();
            assertThat(wire.channel.isOpen()).isTrue();
            wire.channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            wire.channel.runScheduledPendingTasks();
            assertThat(wire.channel.isOpen()).isFalse();
            assertThat(wire.heard).containsExactly("gone");
        }
    }

    @Test
    void closesAPeerThatBrokeARuleWhenTimeIsUp() {
        try (Wire wire = Wire.plain()) {
            wire.channel.freezeTime();
            wire.feed(ClientBytes.of().raw(0xff));
            wire.feed(ClientBytes.of().close(1000, "").text("more"));
            assertThat(wire.channel.isOpen()).isTrue();
            wire.channel.advanceTimeBy(5, TimeUnit.SECONDS);
            wire.channel.runScheduledPendingTasks();
            assertThat(wire.channel.isOpen()).isFalse();
            assertThat(wire.heard).containsExactly("violated 1002 reserved bit", "gone");
            assertThat(wire.sent()).containsExactly("close 1002");
        }
    }

    @Test
    void deliversNothingWhilePausedAndEverythingInOrderAfterwards() {
        try (Wire wire = Wire.plain()) {
            wire.onMessage = wire.protocol::pause;
            wire.feed(ClientBytes.of().text("1").text("2").text("3").ping("p"));
            wire.feed(ClientBytes.of().text("4"));
            assertThat(wire.heard).containsExactly("text 1");
            assertThat(wire.channel.config().isAutoRead()).isFalse();
            wire.protocol.resume();
            assertThat(wire.heard).containsExactly("text 1", "text 2");
            wire.onMessage = () -> {};
            wire.protocol.resume();
            assertThat(wire.heard).containsExactly("text 1", "text 2", "text 3", "text 4");
            assertThat(wire.sent()).containsExactly("pong p");
            assertThat(wire.channel.config().isAutoRead()).isTrue();
        }
    }

    @Test
    void goesOnWhenPausedAndResumedByOneMessage() {
        try (Wire wire = Wire.plain()) {
            wire.onMessage = () -> {
                wire.protocol.pause();
                wire.protocol.resume();
            };
            wire.feed(ClientBytes.of().text("1").text("2"));
            assertThat(wire.heard).containsExactly("text 1", "text 2");
        }
    }

    @Test
    void closesWhilePaused() {
        try (Wire wire = Wire.plain()) {
            wire.onMessage = wire.protocol::pause;
            wire.feed(ClientBytes.of().text("1").text("2").close(1000, ""));
            wire.protocol.close(1001, "");
            assertThat(wire.heard).containsExactly("text 1", "gone");
            assertThat(wire.sent()).containsExactly("close 1001");
        }
    }

    @Test
    void closesWithInternalErrorWhenTheListenerFails() {
        try (Wire wire = Wire.plain()) {
            wire.onMessage = () -> {
                throw new IllegalStateException("on purpose");
            };
            wire.feed(ClientBytes.of().text("1").text("2"));
            assertThat(wire.heard).containsExactly("text 1");
            assertThat(wire.sent()).containsExactly("close 1011");
        }
    }

    @Test
    void answersOnlyTheNewestPingOfAPeerThatDoesNotRead() {
        try (Wire wire = new Wire(new ProtocolSettings(1024, 10, 0, 0, 1_000_000_000L), null)) {
            wire.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
            for (int i = 0; i < 1_000; i++) {
                wire.feed(ClientBytes.of().ping("ping " + i));
            }
            assertThat(wire.sent()).isEmpty();
            wire.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
            wire.channel.runPendingTasks();
            assertThat(wire.sent()).containsExactly("pong ping 999");
        }
    }

    @Test
    void closesForAFloodOfControlFrames() {
        try (Wire wire = Wire.plain()) {
            ClientBytes flood = ClientBytes.of();
            for (int i = 0; i < 21; i++) {
                flood.ping("").frame(0x8a, new byte[0]);
            }
            wire.feed(flood);
            assertThat(wire.heard).endsWith("violated 1008 more than 10 control frames a second");
            assertThat(wire.sent()).endsWith("close 1008");
        }
    }

    @Test
    void allowsAsManyControlFramesAsTheLimitAndACloseFrame() {
        try (Wire wire = Wire.plain()) {
            ClientBytes few = ClientBytes.of();
            for (int i = 0; i < 10; i++) {
                few.ping("" + i);
            }
            wire.feed(few.close(1000, ""));
            assertThat(wire.heard).containsExactly("peerClosed 1000 ", "gone");
            assertThat(wire.sent()).hasSize(11).endsWith("pong 9", "close 1000");
        }
    }

    @Test
    void refusesWhatIsTooBigByItsHead() {
        try (Wire wire = Wire.plain()) {
            wire.feed(ClientBytes.of().raw(0x82, 0xff, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0, 0));
            assertThat(wire.heard).containsExactly("violated 1009 message of more than 262144 bytes");
        }
    }

    @Test
    void tellsWhetherAnythingWasHeard() {
        try (Wire wire = Wire.plain()) {
            assertThat(wire.protocol.takeHeard()).isFalse();
            wire.feed(new byte[] {(byte) 0x81});
            assertThat(wire.protocol.takeHeard()).isTrue();
            assertThat(wire.protocol.takeHeard()).isFalse();
        }
    }

    @Test
    void pingsWithoutPayload() {
        try (Wire wire = Wire.plain()) {
            wire.protocol.ping();
            wire.feed(ClientBytes.of().frame(0x8a, new byte[0]));
            assertThat(wire.sent()).containsExactly("ping ");
            assertThat(wire.heard).containsExactly("pong");
        }
    }
}
