package dev.chassis.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every server there is to measure, run as its own documentation says. */
final class Peers {
    private static final String HELLO = "/hello";

    private final Path directory;

    Peers(Path directory) {
        this.directory = directory;
    }

    /** The chassis; its plain route runs on a worker, where a handler may block. */
    Peer chassis() {
        return new Peer(
                "chassis",
                "/worker",
                List.of("-Dchassis.http.port={port}", "-Dchassis.admin.port=0", "-jar", jar("chassis")));
    }

    /** netty with the transport that starts fastest. */
    Peer nettyNio() {
        return new Peer("netty", HELLO, List.of("-jar", jar("netty"), "{port}", "nio"));
    }

    /** netty with the transport that serves fastest, and without the search for leaks that Vert.x and the chassis switch off, too. */
    Peer nettyEpoll() {
        return new Peer(
                "netty",
                HELLO,
                List.of("-Dio.netty.leakDetection.level=disabled", "-jar", jar("netty"), "{port}", "epoll"));
    }

    Peer vertx() {
        return portAsArgument("vertx");
    }

    Peer helidon() {
        return portAsArgument("helidon");
    }

    /** The frameworks a start is compared with. */
    List<Peer> frameworks() {
        return List.of(
                new Peer("quarkus", HELLO, List.of("-Dquarkus.http.port={port}", "-jar", quarkusRunner())),
                portAsArgument("armeria"),
                portAsArgument("javalin"),
                new Peer(
                        "dropwizard",
                        HELLO,
                        List.of(
                                "-Ddw.server.connector.port={port}",
                                "-jar",
                                jar("dropwizard"),
                                "server",
                                "config.yml")),
                new Peer("spring", HELLO, List.of("-Dserver.port={port}", "-jar", jar("spring"))));
    }

    /** The server of that name. */
    Peer named(String name) {
        return Stream.concat(Stream.of(chassis(), nettyEpoll(), vertx(), helidon()), frameworks().stream())
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server is called " + name));
    }

    /** Broadcasts to WebSocket sessions: the chassis with its logs, metrics, probes and limits on. */
    Peer liveChassis() {
        return new Peer(
                "chassis",
                HELLO,
                List.of(
                        "-Dchassis.http.port={port}",
                        "-Dchassis.admin.port=0",
                        "-Dchassis.http.max-connections=20000",
                        "-Dchassis.websocket.max-sessions=10000",
                        "-Dchassis.websocket.max-sessions-per-address=0",
                        "-Dchassis.websocket.messages-per-second=0", // one session asks for all bursts
                        "-cp",
                        jar("websocket"),
                        "dev.chassis.bench.websocket.LiveServer"));
    }

    /** Broadcasts over netty: with its {@code group} of channels, or {@code bare}. */
    Peer liveNetty(String way) {
        return new Peer(
                "netty " + way,
                HELLO,
                List.of("-cp", jar("netty"), "dev.chassis.bench.netty.LiveServer", "{port}", way));
    }

    Peer liveVertx() {
        return new Peer("vertx", HELLO, List.of("-cp", jar("vertx"), "dev.chassis.bench.vertx.LiveServer", "{port}"));
    }

    /** One of the above in the place of the chassis. */
    Peer live(String candidate) {
        return switch (candidate) {
            case "chassis" -> liveChassis();
            case "netty" -> liveNetty("bare");
            case "vertx" -> liveVertx();
            default -> throw new IllegalArgumentException("no WebSocket server is called " + candidate);
        };
    }

    private Peer portAsArgument(String module) {
        return new Peer(module, HELLO, List.of("-jar", jar(module), "{port}"));
    }

    private String quarkusRunner() {
        return built(Path.of("quarkus", "target", "quarkus-app", "quarkus-run.jar"));
    }

    private String jar(String module) {
        return built(Path.of(module, "target", "app.jar"));
    }

    private String built(Path path) {
        return directory.resolve(path).toString();
    }
}
