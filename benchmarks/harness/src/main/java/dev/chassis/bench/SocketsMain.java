package dev.chassis.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/**
 * The process that holds the sessions. Orders, one a line, each answered by one line: {@code open <port> <path> <sessions>};
 * {@code bursts <times> <messages> <bytes>}, answered by messages, p50 and p99 in microseconds; {@code close}.
 */
final class SocketsMain {
    private static final String DONE = "done";

    private Sockets sockets;

    private SocketsMain() {}

    public static void main(String[] args) throws IOException {
        SocketsMain main = new SocketsMain();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(main.obey(order.split(" ")));
        }
    }

    private String obey(String[] words) throws IOException {
        switch (words[0]) {
            case "open" -> {
                sockets = new Sockets(Integer.parseInt(words[1]));
                sockets.open(words[2], Integer.parseInt(words[3]));
                return DONE;
            }
            case "bursts" -> {
                return bursts(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            }
            default -> {
                sockets.close();
                return DONE;
            }
        }
    }

    private String bursts(int times, int count, int size) throws IOException {
        Latencies latencies = sockets.latencies();
        latencies.clear();
        for (int i = 0; i < times; i++) {
            sockets.burst(count, size);
        }
        return latencies.count() + " " + latencies.percentileMicros(0.5) + " " + latencies.percentileMicros(0.99);
    }
}
