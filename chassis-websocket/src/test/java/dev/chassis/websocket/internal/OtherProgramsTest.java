package dev.chassis.websocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.testing.Require;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol as clients in other languages understand it, compressed and not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherProgramsTest {

    /** Where Debian puts what node is to find. */
    private static final String MODULES = "/usr/share/nodejs";

    private EchoServer server;

    @BeforeAll
    void start() {
        server = new EchoServer(EchoServer.CONFORMANCE);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "deflate"})
    void wsOfNode(String mode) throws Exception {
        Require.program(withModules(new ProcessBuilder("node", "-e", "require('ws')")));
        passes(mode, "node", "echo-ws.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "deflate"})
    void websocketsOfPython(String mode) throws Exception {
        Require.program(new ProcessBuilder("/usr/bin/python3", "-c", "import websockets"));
        passes(mode, "/usr/bin/python3", "echo-websockets.py");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "deflate"})
    void autobahnOfPython(String mode) throws Exception {
        Require.program(new ProcessBuilder("/usr/bin/python3", "-c", "import autobahn"));
        passes(mode, "/usr/bin/python3", "echo-autobahn.py");
    }

    private void passes(String mode, String program, String script) throws Exception {
        String path =
                Path.of(getClass().getResource("/clients/" + script).toURI()).toString();
        Process process = withModules(
                        new ProcessBuilder(program, path, server.uri().toString(), mode))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), "UTF-8");
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output).endsWith("passed\n");
        assertThat(process.exitValue()).isZero();
    }

    private static ProcessBuilder withModules(ProcessBuilder process) {
        process.environment().merge("NODE_PATH", MODULES, (before, added) -> before + File.pathSeparator + added);
        return process;
    }
}
