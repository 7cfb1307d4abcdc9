package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is done at the end of a burst, and when that is. */
class BurstTest {

    private final List<String> done = new ArrayList<>();
    private final Runnable task = () -> done.add("task");

    @Test
    void doesAtOnceWhatAThreadAsksForThatReadsNothing() {
        Burst.atEnd(task);
        Burst.atEnd(task);
        assertThat(done).containsExactly("task", "task");
    }

    @Test
    void waitsUntilEverythingThatHasArrivedIsRead() throws Exception {
        inThread(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    BurstSocket socket = connected(server);
                    Socket peer = server.accept()) {
                socket.setSoTimeout(50);
                socket.burst().readHere();
                InputStream in = socket.getInputStream();
                peer.getOutputStream().write(new byte[] {1, 2, 3});
                assertThat(in.read()).isEqualTo(1);
                Burst.atEnd(task);
                Burst.atEnd(task);
                assertThat(in.readNBytes(2)).containsExactly(2, 3);
                assertThat(done).isEmpty();
                assertThat(in.available()).isZero();
                assertThat(isSilent(in)).isTrue();
                assertThat(done).as("once").containsExactly("task");
                assertThat(isSilent(in)).isTrue();
                assertThat(done).hasSize(1);
                peer.getOutputStream().write(4);
                assertThat(in.read()).as("after a time-out it goes on").isEqualTo(4);
                peer.close();
                assertThat(in.read()).isEqualTo(-1);
                assertThat(in.read(new byte[9])).isEqualTo(-1);
            }
        });
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        byte[] bytes = new byte[1 << 20];
        new Random(3).nextBytes(bytes);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                BurstSocket socket = connected(server);
                Socket peer = server.accept()) {
            Thread writer = new Thread(() -> {
                try (peer) {
                    peer.getOutputStream().write(bytes);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            writer.start();
            assertThat(socket.getInputStream()).isSameAs(socket.getInputStream());
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(bytes);
            assertThat(socket.silentNanos()).isNotNegative();
            writer.join();
        }
    }

    private static BurstSocket connected(ServerSocket server) throws Exception {
        BurstSocket socket = new BurstSocket();
        socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        return socket;
    }

    private static boolean isSilent(InputStream in) throws Exception {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    /** A thread that reads does so for as long as it lives. */
    private static void inThread(Checked check) throws Exception {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                check.run();
                over.complete(null);
            } catch (Throwable e) {
                over.completeExceptionally(e);
            }
        });
        thread.start();
        thread.join();
        over.get();
    }

    private interface Checked {
        void run() throws Exception;
    }
}
