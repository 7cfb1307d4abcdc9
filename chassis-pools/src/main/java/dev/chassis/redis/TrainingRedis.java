package dev.chassis.redis;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.devservices.TrainingServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Redis for a training run (RESP3): it knows no key, and all that is written is fine. */
public final class TrainingRedis extends TrainingServer {

    private static final String HELLO = "%3\r\n+server\r\n+redis\r\n+version\r\n+7.4.0\r\n+proto\r\n:3\r\n";
    private static final String INFO = "redis_mode:standalone\r\n";

    /** Found by {@link java.util.ServiceLoader}. */
    public TrainingRedis() {}

    @Override
    protected String kind() {
        return DevServices.REDIS;
    }

    @Override
    protected DevServer at(int port) {
        return new DevServer("redis://127.0.0.1:" + port, "", "", "a stand-in for Redis, for training");
    }

    @Override
    protected void serve(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            if (in.available() == 0) {
                out.flush();
            }
            out.write(answer(command(in)).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What this answers is of the type that clients of the commands expect; of any other command a simple string. */
    private static String answer(List<String> command) {
        return switch (command.get(0).toUpperCase(Locale.ROOT)) {
            case "HELLO" -> HELLO;
            case "PING" -> "+PONG\r\n";
            case "INFO" -> "$" + INFO.length() + "\r\n" + INFO + "\r\n";
            case "GET", "GETEX", "HGET" -> "_\r\n";
            case "INCR", "INCRBY", "DEL", "EXPIRE", "EXISTS", "PUBLISH", "HSET", "SADD" -> ":1\r\n";
            case "SUBSCRIBE" -> subscribed(command);
            default -> "+OK\r\n";
        };
    }

    private static String subscribed(List<String> command) {
        StringBuilder pushes = new StringBuilder();
        for (int i = 1; i < command.size(); i++) {
            pushes.append(">3\r\n+subscribe\r\n+")
                    .append(command.get(i))
                    .append("\r\n:")
                    .append(i)
                    .append("\r\n");
        }
        return pushes.toString();
    }

    private static List<String> command(DataInputStream in) throws IOException {
        int words = number(in);
        List<String> command = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            byte[] word = new byte[number(in)];
            in.readFully(word);
            in.skipNBytes(2);
            command.add(new String(word, StandardCharsets.UTF_8));
        }
        return command;
    }

    /** What follows {@code *} or {@code $}, up to the end of the line. */
    private static int number(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.append((char) next);
        }
        return Integer.parseInt(line.substring(1).strip());
    }
}
