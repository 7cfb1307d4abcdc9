package dev.chassis.testing.websocket;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Bytes of one connection. Used by one thread. */
final class Wire implements AutoCloseable {

    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private final Socket socket;
    private final InputStream in;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    }

    /** Sends; what a server that has gone does not take is lost, and reading tells so. */
    void send(byte[]... parts) {
        try {
            for (byte[] part : parts) {
                socket.getOutputStream().write(part);
            }
            socket.getOutputStream().flush();
        } catch (IOException gone) {
            // Reading finds what the server said before it went.
        }
    }

    /** Reads one byte; -1 at the end, by a reset too. */
    int read() {
        try {
            return in.read();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server sent nothing for " + timeoutSeconds() + " s", e);
        } catch (IOException reset) {
            return -1;
        }
    }

    /** Reads exactly so many. */
    byte[] read(int count) throws EOFException {
        try {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new EOFException("the connection ended within a frame");
            }
            return bytes;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server sent the rest of a frame not within " + timeoutSeconds() + " s", e);
        } catch (IOException reset) {
            throw (EOFException) new EOFException("the connection was reset within a frame").initCause(reset);
        }
    }

    private long timeoutSeconds() {
        try {
            return socket.getSoTimeout() / 1000;
        } catch (SocketException closed) {
            return 0;
        }
    }

    HandshakeResponse readResponse() {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = read();
            if (b < 0) {
                return new HandshakeResponse(0, Map.of());
            }
            if (head.length() > MAX_HEAD_BYTES) {
                throw new AssertionError("the server answered with an endless head");
            }
            head.append((char) b);
        }
        return parse(head.toString().split("\r\n"));
    }

    private static HandshakeResponse parse(String[] lines) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.computeIfAbsent(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).strip());
        }
        return new HandshakeResponse(Integer.parseInt(lines[0].split(" ")[1]), headers);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
