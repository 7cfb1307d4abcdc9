package dev.chassis.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * What a task on Fargate sees of AWS, as a proxy, because all of it has addresses that cannot be had here: task metadata and credentials by
 * HTTP, the API of ECS by HTTPS (CONNECT). Answers are those of "Amazon ECS API Reference" as far as discovery reads them.
 */
final class FakeAws implements AutoCloseable {

    static final String REGION = "eu-west-1";

    /** One call of an API, as it came. */
    record Call(String target, Map<String, String> headers, String body) {}

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, List<String>> services;
    private final SSLContext tls;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** Serves; the certificate is written into the directory. The services of the ECS cluster come with the addresses of their tasks. */
    FakeAws(Path directory, Map<String, List<String>> services) throws Exception {
        this.services = services;
        this.tls = Certificate.create(directory);
        inBackground(this::accept);
    }

    /** What the JVM of a task is given so that it meets this instead. */
    List<String> options(Path directory) {
        String port = "" + listener.getLocalPort();
        return List.of(
                "-Dhttp.proxyHost=127.0.0.1",
                "-Dhttp.proxyPort=" + port,
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=" + port,
                "-Djavax.net.ssl.trustStore=" + Certificate.in(directory),
                "-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD);
    }

    /** What the agent of ECS gives every container. */
    Map<String, String> environment() {
        String metadata = "http://127.0.0.1:" + listener.getLocalPort();
        return Map.of(
                "AWS_EXECUTION_ENV",
                "AWS_ECS_FARGATE",
                "AWS_REGION",
                REGION,
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                "/credentials",
                "ECS_CONTAINER_METADATA_URI",
                metadata + "/v3",
                "ECS_CONTAINER_METADATA_URI_V4",
                metadata + "/v4");
    }

    List<Call> calls() {
        return calls;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = listener.accept();
            inBackground(() -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            for (String line = line(socket.getInputStream()); !line.isEmpty(); line = line(socket.getInputStream())) {
                Map<String, String> headers = headers(socket.getInputStream());
                int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                String body = new String(socket.getInputStream().readNBytes(length), UTF_8);
                if (line.startsWith("CONNECT ")) {
                    send(socket, "200 OK", "");
                    serve(secured(socket));
                    return;
                }
                send(socket, "200 OK", answer(line.split(" ")[1], headers, body));
            }
        }
    }

    private Socket secured(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secured.setUseClientMode(false);
        return secured;
    }

    private String answer(String target, Map<String, String> headers, String body) {
        if (target.endsWith("/task")) {
            return "{\"Cluster\":\"production\",\"AvailabilityZone\":\"" + REGION + "a\"}";
        }
        if (target.endsWith("/credentials")) {
            return "{\"AccessKeyId\":\"AKIDEXAMPLE\",\"SecretAccessKey\":\"secret\",\"Token\":\"the-token\"}";
        }
        String operation = headers.getOrDefault("x-amz-target", "");
        calls.add(new Call(operation, headers, body));
        if (operation.isEmpty()) { // EC2, which is asked for public addresses
            return describeNetworkInterfaces(target);
        }
        return operation.endsWith(".ListTasks") ? listTasks(body) : describeTasks(body);
    }

    /** The tasks of the service that is asked for; of all of them if none is, as ECS does. */
    private String listTasks(String body) {
        return services.entrySet().stream()
                .filter(service -> !body.contains("serviceName") || body.contains("\"" + service.getKey() + "\""))
                .flatMap(service -> service.getValue().stream())
                .map(address -> "\"arn:aws:ecs:" + REGION + ":1:task/production/" + address + "\"")
                .collect(Collectors.joining(",", "{\"taskArns\":[", "]}"));
    }

    private String describeTasks(String body) {
        return services.values().stream()
                .flatMap(List::stream)
                .filter(address -> body.contains("/" + address + "\""))
                .map(address -> "{\"availabilityZone\":\"" + REGION + "a\",\"containers\":[{\"networkInterfaces\":"
                        + "[{\"privateIpv4Address\":\"" + address + "\"}]}]}")
                .collect(Collectors.joining(",", "{\"tasks\":[", "]}"));
    }

    /** Those of the query's filter; as in a private subnet without public addresses. */
    private String describeNetworkInterfaces(String target) {
        return services.values().stream()
                .flatMap(List::stream)
                .filter(address -> target.contains("=" + address))
                .map(address -> "<item><privateIpAddress>" + address + "</privateIpAddress></item>")
                .collect(Collectors.joining(
                        "",
                        "<DescribeNetworkInterfacesResponse><networkInterfaceSet>",
                        "</networkInterfaceSet></DescribeNetworkInterfacesResponse>"));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return headers;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    private static void send(Socket socket, String status, String body) throws IOException {
        String head = "HTTP/1.1 " + status + "\r\ncontent-length: " + body.getBytes(UTF_8).length + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    /** Ends with its socket, whose end is told by an exception. */
    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | UncheckedIOException ended) {
                        // the other side has what it wanted, or sees that it has not
                    }
                },
                "fake-aws");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
