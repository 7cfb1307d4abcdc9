package dev.chassis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
    private final ResponseReader reader = new ResponseReader();

    @Test
    void isCompleteOnlyWithTheLastByte() throws IOException {
        for (int i = 0; i < FakeServer.OK.length() - 1; i++) {
            read(FakeServer.OK.substring(i, i + 1));
            assertFalse(reader.isComplete());
        }
        read(FakeServer.OK.substring(FakeServer.OK.length() - 1));

        assertTrue(reader.isComplete());
        assertEquals(200, reader.status());
        assertFalse(reader.closing());
    }

    @Test
    void seesThatTheServerWillClose() throws IOException {
        read(FakeServer.OK_CLOSE);

        assertTrue(reader.isComplete());
        assertTrue(reader.closing());
    }

    @Test
    void forgetsTheResponseWhenCleared() throws IOException {
        read(FakeServer.OK_CLOSE);
        assertTrue(reader.isComplete());
        reader.clear();
        read(FakeServer.OK);

        assertTrue(reader.isComplete());
        assertFalse(reader.closing());
    }

    @Test
    void refusesWhatFollowsTheResponse() throws IOException {
        read(FakeServer.OK + "x");

        assertThrows(ProtocolException.class, reader::isComplete);
    }

    @Test
    void refusesAResponseWithoutLength() throws IOException {
        read("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");

        assertThrows(ProtocolException.class, reader::isComplete);
    }

    private void read(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        reader.readFrom(Channels.newChannel(new ByteArrayInputStream(bytes)));
    }
}
