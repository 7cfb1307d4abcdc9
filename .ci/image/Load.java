import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks without pause over keep-alive connections, tells the service to stop in the middle, and counts what fails.
 *
 * <p>{@code java Load.java <port> <path> <command that stops the service...>}. It behaves as a load balancer does that sees SIGTERM and
 * deregistration at once: a new connection where the server said {@code Connection: close}, and no new request after two readiness checks
 * that failed. Plain sockets, because every client of the JDK repeats a request whose connection has ended, and would hide it.
 *
 * <p>Ends with 0 only if requests were answered after the signal, too, and not one has failed.
 */
final class Load {
    private static final int CONNECTIONS = 32;
    private static final int BEFORE_THE_SIGNAL = 1_000;
    private static final int CHECK_MILLIS = 200;
    private static final int UNHEALTHY_AFTER = 2;
    private static final int ANSWER_MILLIS = 30_000;

    private final int port;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile boolean registered = true;

    private Load(int port) {
        this.port = port;
    }

    public static void main(String[] args) throws Exception {
        Load load = new Load(Integer.parseInt(args[0]));
        System.exit(load.run(args[1], List.of(args).subList(2, args.length)) ? 0 : 1);
    }

    private boolean run(String path, List<String> stop) throws Exception {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread client = new Thread(() -> client(path));
            client.start();
            clients.add(client);
        }
        while (answered.get() < BEFORE_THE_SIGNAL && failed.get() == 0) {
            Thread.sleep(10);
        }
        int before = answered.get();
        Process stopping = new ProcessBuilder(stop).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        awaitUnready();
        registered = false;
        for (Thread client : clients) {
            client.join();
        }
        int status = stopping.waitFor();
        int after = answered.get() - before;
        System.out.printf("%d requests answered, %d of them after the order to stop; %d failed%n", answered.get(), after, failed.get());
        return failed.get() == 0 && after > 0 && status == 0;
    }

    private void awaitUnready() throws InterruptedException {
        int misses = 0;
        while (misses < UNHEALTHY_AFTER && failed.get() == 0) {
            Thread.sleep(CHECK_MILLIS);
            try (Socket socket = connect()) {
                misses = ask(socket, "/readyz").status() == 200 ? 0 : misses + 1;
            } catch (IOException e) {
                misses++;
            }
        }
    }

    /** One connection after the other, until the target is deregistered; the request under way is finished. */
    private void client(String path) {
        while (registered) {
            try (Socket socket = connect()) {
                boolean open = true;
                while (open && registered) {
                    Answer answer = ask(socket, path);
                    if (answer.status() != 200) {
                        throw new IOException("status " + answer.status());
                    }
                    answered.incrementAndGet();
                    open = !answer.closes();
                }
            } catch (IOException e) {
                failed.incrementAndGet();
                System.out.println("failed: " + e);
                return;
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(ANSWER_MILLIS);
        return socket;
    }

    private static Answer ask(Socket socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        String head = head(in);
        int length = Integer.parseInt(field(head, "content-length", "0"));
        if (in.readNBytes(length).length < length) {
            throw new EOFException("the connection ended within the answer");
        }
        return new Answer(Integer.parseInt(head.substring(9, 12)), field(head, "connection", "").equals("close"));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int last = 0; last != 0x0D0A0D0A; ) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended after " + head.size() + " bytes of an answer's head");
            }
            head.write(next);
            last = last << 8 | next;
        }
        return head.toString(StandardCharsets.ISO_8859_1).toLowerCase();
    }

    private static String field(String head, String name, String otherwise) {
        int at = head.indexOf("\r\n" + name + ":");
        return at < 0 ? otherwise : head.substring(at + name.length() + 3, head.indexOf('\r', at + 2)).trim();
    }

    private record Answer(int status, boolean closes) {}
}
