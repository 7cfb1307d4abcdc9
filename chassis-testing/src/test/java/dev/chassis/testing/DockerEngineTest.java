package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The question whether an engine is there, whatever is. */
@Timeout(60)
class DockerEngineTest {

    @TempDir
    private Path directory;

    @Test
    void anEngineThatAnswersIsThere() throws IOException {
        HttpServer engine = answering(200);
        assertThatCode(() -> at(engine).ping()).doesNotThrowAnyException();
        engine.stop(0);
    }

    @Test
    void somethingElseOnItsPortIsNone() throws IOException {
        HttpServer stranger = answering(404);
        assertThatThrownBy(() -> at(stranger).ping()).hasMessageContaining("answers HTTP/1.1 404");
        stranger.stop(0);
    }

    @Test
    void nobodyOnItsSocketIsNone() {
        String socket = "unix://" + directory.resolve("docker.sock");
        assertThatThrownBy(() -> new DockerEngine(socket).ping())
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("the Docker engine at " + socket);
    }

    @Test
    void anEngineThatSaysNothingIsGivenUp() throws IOException {
        Path socket = directory.resolve("docker.sock");
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> new DockerEngine("unix://" + socket).ping())
                    .isInstanceOf(Unavailable.class)
                    .hasMessageEndingWith("nothing within 2000 ms");
        }
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new DockerEngine("tcp://127.0.0.1:" + silent.getLocalPort()).ping())
                    .hasMessageEndingWith("nothing within 2000 ms");
        }
    }

    @Test
    void anAddressOfAnotherFormIsSaid() {
        assertThatThrownBy(() -> new DockerEngine("npipe:////./pipe/docker_engine").ping())
                .hasMessageContaining("not asked (expected: unix://… or tcp://host:port)");
    }

    private static HttpServer answering(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/_ping", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static DockerEngine at(HttpServer server) {
        return new DockerEngine("tcp://127.0.0.1:" + server.getAddress().getPort());
    }
}
