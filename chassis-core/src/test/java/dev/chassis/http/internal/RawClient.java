package dev.chassis.http.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that sends exactly what it is told and reads exactly what comes. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RawClient(int port) throws IOException {
        this(port, 0);
    }

    RawClient(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** One answer as it came. */
    record Answer(String head, byte[] body) {

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The value of a header, empty if it is not there. */
        String header(String name) {
            List<String> all = headers(name);
            return all.isEmpty() ? "" : all.get(0);
        }

        List<String> headers(String name) {
            List<String> values = new ArrayList<>();
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                    values.add(line.substring(name.length() + 1).trim());
                }
            }
            return values;
        }
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** {@code GET} of a path on a connection that stays. */
    RawClient get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    Answer answer() throws IOException {
        return answer(true);
    }

    /** The answer to a HEAD. */
    Answer headOnly() throws IOException {
        return answer(false);
    }

    void finishOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads to the end: fails if the connection is reset instead of closed. */
    byte[] rest() throws IOException {
        return in.readAllBytes();
    }

    int read(byte[] target) throws IOException {
        return in.read(target);
    }

    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    /** Closes with a reset. */
    void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) next());
        }
        return head.toString();
    }

    private Answer answer(boolean withBody) throws IOException {
        String head = head();
        Answer empty = new Answer(head, new byte[0]);
        if (!withBody || head.startsWith("HTTP/1.1 1") || empty.status() == 204 || empty.status() == 304) {
            return empty;
        }
        if (empty.header("transfer-encoding").equals("chunked")) {
            return new Answer(head, chunks());
        }
        String length = empty.header("content-length");
        return new Answer(head, length.isEmpty() ? rest() : exactly(Integer.parseInt(length)));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            StringBuilder size = new StringBuilder();
            while (size.indexOf("\r\n") < 0) {
                size.append((char) next());
            }
            int length = Integer.parseInt(size.toString().trim(), 16);
            body.write(exactly(length));
            exactly(2);
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException(bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private int next() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the server closed the connection");
        }
        return value;
    }
}
