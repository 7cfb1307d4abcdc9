package dev.chassis.testing.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the kit finds faults; that it finds none where there are none is tested with chassis-websocket. */
class WebSocketConformanceTest {

    /** Where closing with 1000 is right now and then. */
    private static final Set<String> MAY_PASS = Set.of("fragments", "closing");

    @Test
    void hasNoTwoCasesOfOneName() {
        List<String> titles = new ArrayList<>();
        WebSocketConformance.families().values().forEach(cases -> cases.forEach(one -> titles.add(one.title())));
        HandshakeCases.all().forEach(one -> titles.add(one.title()));
        assertThat(titles).doesNotHaveDuplicates().hasSizeGreaterThan(300);
    }

    @Test
    void failsAServerThatClosesWhateverItIsSent() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> serve(server), "closes-always");
            thread.setDaemon(true);
            thread.start();
            URI uri = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/");
            List<String> passed = new ArrayList<>();
            WebSocketConformance.families().forEach((family, cases) -> {
                for (ConformanceCase one : MAY_PASS.contains(family) ? List.<ConformanceCase>of() : cases) {
                    if (passes(one, uri)) {
                        passed.add(family + ": " + one.title());
                    }
                }
            });
            assertThat(passed).isEmpty();
        }
    }

    private static boolean passes(ConformanceCase one, URI uri) {
        try {
            one.run(uri, 1024);
            return true;
        } catch (Exception | AssertionError found) {
            return false;
        }
    }

    private static void serve(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> answer(socket), "closes-always");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /** Agrees to everything, and closes with 1000 as soon as there is a frame. */
    private static void answer(Socket accepted) {
        try (Socket socket = accepted) {
            String head = readHead(socket.getInputStream());
            String extensions =
                    head.contains("permessage-deflate") ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "";
            String response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + extensions + "Sec-WebSocket-Accept: " + WebSocketRequest.accept("dGhlIHNhbXBsZSBub25jZQ==")
                    + "\r\n\r\n";
            socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() >= 0) {
                socket.getOutputStream().write(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException gone) {
            // The client does not mind.
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.append((char) b);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        return head.toString();
    }
}
