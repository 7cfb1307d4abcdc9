package dev.chassis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a service on this machine how it is, for images without a shell and without curl:
 *
 * <pre>
 * java -XX:TieredStopAtLevel=1 -Xmx16m -cp app.jar dev.chassis.HealthProbe 8080 /readyz
 * </pre>
 *
 * <p>Exits with 0 if the answer is 200, else with 1 and a line about it, which is what Docker's HEALTHCHECK and the health check of an ECS
 * container expect. It loads nothing of the chassis but itself; still it is a JVM of its own, so ask every 15 s and not more often.
 */
public final class HealthProbe {

    private static final int TIMEOUT_MILLIS = 2_000;

    private HealthProbe() {}

    /** Asks, and ends the process. */
    public static void main(String[] args) {
        if (args.length != 2 || !args[0].matches("\\d{1,5}") || !args[1].startsWith("/")) {
            System.err.println("usage: HealthProbe port /path");
            System.exit(1);
        }
        System.exit(ask(Integer.parseInt(args[0]), args[1]) ? 0 : 1);
    }

    private static boolean ask(int port, String path) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request = "GET " + path + " HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            System.out.println(path + ": " + line);
            return line != null && line.startsWith("HTTP/1.1 200");
        } catch (IOException | IllegalArgumentException e) {
            System.out.println(path + " on port " + port + ": " + e.getMessage());
            return false;
        }
    }
}
