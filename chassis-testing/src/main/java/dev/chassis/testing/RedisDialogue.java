package dev.chassis.testing;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection to a server that sends a command and reads its answer (Redis documentation, "Redis serialization protocol", RESP2), in
 * characters of one byte.
 */
final class RedisDialogue implements AutoCloseable {

    private final SocketChannel channel;
    private final Reader reader;

    private RedisDialogue(SocketChannel channel) {
        this.channel = channel;
        this.reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.ISO_8859_1));
    }

    static RedisDialogue open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new RedisDialogue(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    String ask(String... command) throws IOException {
        StringBuilder request = new StringBuilder("*" + command.length + "\r\n");
        for (String part : command) {
            request.append('$')
                    .append(part.length())
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(request.toString());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return answer();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private String answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '-' -> throw new IllegalStateException(rest);
            case '$' -> text(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> throw new IOException("no answer of RESP2: " + line);
        };
    }

    private String list(int size) throws IOException {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(answer());
        }
        return String.join("\n", elements);
    }

    private String text(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(character());
        }
        line();
        return text.toString();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (char next = character(); next != '\n'; next = character()) {
            line.append(next);
        }
        return line.substring(0, line.length() - 1);
    }

    private char character() throws IOException {
        int next = reader.read();
        if (next < 0) {
            throw new EOFException("the server has closed the connection");
        }
        return (char) next;
    }
}
