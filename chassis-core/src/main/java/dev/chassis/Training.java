package dev.chassis;

import dev.chassis.http.HttpApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service does with {@code --train}, so that a JVM can record which classes it uses and which methods are hot (JEP 514, JEP 515): it
 * serves requests of its own on loopback, long enough for what happens a moment after ready to happen, too, and drains. It needs neither a
 * network nor what its parts connect to: a part without an address talks to a {@link dev.chassis.devservices.TrainingServer}, as far as that goes.
 *
 * <p>Asked are the probes, the admin port and every GET route, with {@code 1} for each parameter: a GET changes nothing, and what fails
 * without a database is asked three times only. A client of plain sockets, because classes of another one would be in the archive, too.
 */
final class Training {

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.training");

    private static final int ROUNDS = 300;
    private static final Duration AT_LEAST = Duration.ofMillis(2_500);
    private static final int TRIES_OF_WHAT_FAILS = 3;
    private static final int ADMIN_EVERY = 20;
    private static final int OWN_TIMEOUT_MILLIS = 20_000;
    private static final int STREAM_TIMEOUT_MILLIS = 1_000;
    private static final List<String> PROBES = List.of("/livez", "/readyz", "/startupz", "/no-such-path");
    private static final List<String> ADMIN =
            List.of("/", "/health", "/metrics", "/config", "/loggers", "/threads", "/drain", "/info", "/readyz");
    private static final String LEVEL = "{\"level\":\"INFO\",\"for\":\"1s\"}";

    /** Above every other layer: ports that are free, seen by nobody else, and no load balancer to wait for. */
    private static final Map<String, String> ALONE = Map.of(
            "chassis.http.port", "0",
            "chassis.http.host", "127.0.0.1",
            "chassis.admin.port", "0",
            "chassis.admin.host", "127.0.0.1",
            "chassis.drain.announce", "0s",
            "chassis.parameters.enabled", "false");

    private final ChassisService service;
    private final Map<String, Integer> failures = new HashMap<>();
    private long answers;

    private Training(ChassisService service) {
        this.service = service;
    }

    /** These keys, with those that a training run needs. */
    static Map<String, String> overrides(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(given);
        all.putAll(ALONE);
        return all;
    }

    /**
     * Has the service work, and drains it.
     *
     * @throws IllegalStateException if it does not answer
     */
    static void of(ChassisService service) {
        Training training = new Training(service);
        try {
            training.run();
        } catch (IOException e) {
            throw new IllegalStateException("the service does not answer itself", e);
        }
        LOG.info("trained with {} answers", training.answers);
        service.drain("training", Duration.ZERO);
    }

    private void run() throws IOException {
        long began = System.nanoTime();
        List<String> gets = service.application().map(HttpApplication::gets).orElse(List.of());
        for (int round = 0; round < ROUNDS || System.nanoTime() - began < AT_LEAST.toNanos(); round++) {
            if (service.servesHttp()) {
                count(ask(service.port(), requests(PROBES), OWN_TIMEOUT_MILLIS), PROBES.size());
                gets.forEach(this::tryRoute);
            }
            if (service.servesAdmin() && round % ADMIN_EVERY == 0) {
                askAdmin(round == 0);
            }
        }
    }

    /** The first time with JSON to read, too; that changes a level for a second and is logged. */
    private void askAdmin(boolean reading) throws IOException {
        List<String> requests = new ArrayList<>(requests(ADMIN));
        if (reading) {
            requests.add(0, request("PUT", "/loggers/dev.chassis.training", LEVEL));
        }
        count(ask(service.adminPort(), requests, OWN_TIMEOUT_MILLIS), requests.size());
    }

    /** A route of the service's own: alone on its connection, because it may stream for ever. */
    private void tryRoute(String template) {
        if (failures.getOrDefault(template, 0) >= TRIES_OF_WHAT_FAILS) {
            return;
        }
        String path = template.replaceAll("\\{[^}]*}", "1");
        try {
            String answer = ask(service.port(), requests(List.of(path)), STREAM_TIMEOUT_MILLIS);
            answers++;
            if (!answer.startsWith("HTTP/1.1 2")) {
                failures.merge(template, 1, Integer::sum);
            }
        } catch (IOException e) {
            failures.merge(template, TRIES_OF_WHAT_FAILS, Integer::sum);
        }
    }

    private void count(String answer, int expected) throws IOException {
        int found = answer.split("HTTP/1\\.1 \\d", -1).length - 1;
        if (found < expected) {
            throw new IOException(found + " answers to " + expected + " requests");
        }
        answers += expected;
    }

    private static List<String> requests(List<String> paths) {
        return paths.stream().map(path -> request("GET", path, "")).toList();
    }

    private static String request(String method, String path, String json) {
        return method + " " + path + " HTTP/1.1\r\nhost: localhost\r\naccept: */*\r\n"
                + (json.isEmpty() ? "" : "content-type: application/json\r\ncontent-length: " + json.length() + "\r\n")
                + "\r\n" + json;
    }

    /** Sends all of them at once, and returns what comes back until the server has answered the last and closes. */
    private static String ask(int port, List<String> requests, int timeoutMillis) throws IOException {
        int last = requests.size() - 1;
        String text = String.join("", requests.subList(0, last))
                + requests.get(last).replaceFirst("\r\n", "\r\nconnection: close\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(timeoutMillis);
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(readTo(socket.getInputStream(), timeoutMillis), StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] readTo(InputStream in, int timeoutMillis) throws IOException {
        try {
            return in.readAllBytes();
        } catch (SocketTimeoutException e) {
            throw new IOException("no end within " + timeoutMillis + " ms", e);
        }
    }
}
