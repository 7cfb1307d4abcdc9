package dev.chassis.hazelcast;

import com.hazelcast.core.Hazelcast;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A member in a process of its own, so that it can die as a task does. */
final class MemberProcess implements AutoCloseable {

    private static final String READY = "ready";
    private static final long EXIT_SECONDS = 10;

    private final Process process;
    private final int port;

    private MemberProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one and waits until it serves. */
    static MemberProcess start(String cluster, int port) throws IOException {
        Member.quiet();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        MemberProcess.class.getName(),
                        cluster,
                        "" + port)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitReady(process);
        return new MemberProcess(process, port);
    }

    private static void awaitReady(Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(READY)) {
                return;
            }
        }
        throw new IOException("the member ended before it was ready");
    }

    public static void main(String[] args) throws IOException {
        Hazelcast.newHazelcastInstance(
                Member.config(args[0], Integer.parseInt(args[1])).setProperty("hazelcast.logging.type", "none"));
        System.out.println(READY);
        // Ends with the test's JVM, however that ends.
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
