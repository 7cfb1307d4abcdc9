package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy in front of a server that says everything back. */
@Timeout(60)
class FaultProxyTest {

    private static final int SILENCE_MILLIS = 200;

    private ServerSocket server;
    private Thread acceptor;
    private FaultProxy proxy;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        acceptor = daemon(this::acceptAll);
        proxy = FaultProxy.to("127.0.0.1", server.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void forwardsBothWaysAndCounts() throws IOException {
        try (Socket client = connect()) {
            assertThat(exchange(client, "hello")).isEqualTo("hello");
            assertThat(proxy.connections()).isEqualTo(1);
            assertThat(proxy.openConnections()).isEqualTo(1);
            assertThat(proxy.bytesToServer()).isEqualTo(5);
            await().until(proxy::bytesToClient, count -> count == 5);
        }
        await().until(proxy::openConnections, count -> count == 0);
    }

    @Test
    void handsOnTheEndOfWhatIsSent() throws IOException {
        try (Socket client = connect()) {
            send(client, "last");
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).hasSize(4);
        }
    }

    @Test
    void aStallHoldsBytesBackAndLosesNone() throws IOException {
        try (Socket client = connect()) {
            exchange(client, "a");
            proxy.stall();
            send(client, "b");
            assertSilent(client);
            proxy.forward();
            assertThat(receive(client, 1)).isEqualTo("b");
        }
    }

    @Test
    void aStalledProxyAcceptsAndSaysNothing() throws IOException {
        proxy.stall();
        try (Socket client = connect()) {
            send(client, "a");
            assertSilent(client);
            assertThat(proxy.bytesToServer()).isZero();
        }
    }

    @Test
    void aStallHidesThatTheServerWentAway() throws IOException {
        try (Socket client = connect()) {
            exchange(client, "a");
            proxy.stall();
            send(client, "quit");
            assertSilent(client);
            proxy.forward();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aCutResetsWhatIsOpenAndTheNextConnectionWorks() throws IOException {
        try (Socket client = connect();
                Socket next = proxyAfterCut(client)) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
            assertThat(exchange(next, "b")).isEqualTo("b");
            assertThat(proxy.connections()).isEqualTo(2);
        }
    }

    @Test
    void aCutEndsAStalledConnectionToo() throws IOException {
        try (Socket client = connect()) {
            exchange(client, "a");
            proxy.stall();
            proxy.cut();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
            await().until(proxy::openConnections, count -> count == 0);
        }
    }

    @Test
    void refusesUntilItForwardsAgainOnTheSamePort() throws IOException {
        try (Socket client = connect()) {
            exchange(client, "a");
            proxy.refuse();
            proxy.refuse();
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            assertThat(exchange(client, "b")).isEqualTo("b");
            proxy.forward();
            try (Socket next = connect()) {
                assertThat(exchange(next, "c")).isEqualTo("c");
            }
        }
    }

    @Test
    void holdsEachDirectionForItsDelay() throws IOException {
        try (Socket client = connect()) {
            exchange(client, "a");
            proxy.delayToServer(Duration.ofHours(1));
            send(client, "b");
            assertSilent(client);
            proxy.delayToServer(Duration.ZERO);
        }
        try (Socket client = connect()) {
            exchange(client, "a");
            proxy.delayToClient(Duration.ofHours(1));
            long before = proxy.bytesToServer();
            send(client, "b");
            await().until(proxy::bytesToServer, count -> count == before + 1);
            assertSilent(client);
        }
    }

    @Test
    void resetsTheClientWhereNobodyListens() throws IOException, InterruptedException {
        server.close();
        acceptor.join(); // until it is out of accept() the system keeps the port listening
        try (Socket client = connect()) {
            assertThatThrownBy(() -> exchange(client, "a")).isInstanceOf(IOException.class);
            await().until(proxy::openConnections, count -> count == 0);
        }
    }

    @Test
    void leavesNoThreadInWhateverStateItIsClosed() throws IOException {
        try (Socket client = connect()) {
            exchange(client, "a");
            proxy.stall();
            send(client, "b");
            proxy.close();
            proxy.close();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("fault-proxy"));
        }
    }

    private Socket proxyAfterCut(Socket client) throws IOException {
        exchange(client, "a");
        proxy.cut();
        return connect();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static String exchange(Socket socket, String text) throws IOException {
        send(socket, text);
        return receive(socket, text.length());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String receive(Socket socket, int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("ended after " + bytes.length + " bytes");
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(0);
    }

    private void acceptAll() throws IOException {
        while (true) {
            Socket accepted = server.accept();
            daemon(() -> echo(accepted));
        }
    }

    private static void echo(Socket socket) throws IOException {
        try (socket) {
            byte[] buffer = new byte[4];
            for (int length = socket.getInputStream().read(buffer);
                    length >= 0;
                    length = socket.getInputStream().read(buffer)) {
                if (new String(buffer, 0, length, StandardCharsets.US_ASCII).equals("quit")) {
                    return;
                }
                socket.getOutputStream().write(buffer, 0, length);
            }
        }
    }

    private static Thread daemon(Job job) {
        Thread thread = new Thread(
                () -> {
                    try {
                        job.run();
                    } catch (IOException ended) {
                        // The test is over.
                    }
                },
                "echo");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private interface Job {
        void run() throws IOException;
    }
}
