package dev.chassis.hazelcast;

import dev.chassis.time.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A task with a pool that finds its cluster on ECS, in a process of its own, since AWS is told to a process by its environment. */
final class EcsTask implements AutoCloseable {

    private static final String STARTED = "started ";
    private static final String FAILED = "failed ";

    private final Process process;
    private final BufferedReader output;

    private EcsTask(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one at this address of loopback with these keys, and this long to start; returns at once. */
    static EcsTask start(FakeAws aws, Path directory, String address, Duration startTimeout, Map<String, String> keys)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
        command.addAll(aws.options(directory));
        // Instead of member.bind-address, which must be the address of an interface.
        command.add("-Dhazelcast.local.localAddress=" + address);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(EcsTask.class.getName());
        command.add(startTimeout.toString());
        keys.forEach((key, value) -> command.add(key + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(aws.environment());
        return new EcsTask(builder.start());
    }

    /** Waits until it has started, or not, and tells how many members its cluster has, or why not. */
    String outcome() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(STARTED)) {
                return line.substring(STARTED.length());
            }
            if (line.startsWith(FAILED)) {
                return line;
            }
        }
        throw new IOException("the task ended without a word");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws Exception {
        Member.quiet();
        Map<String, String> keys = new HashMap<>();
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            keys.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
        }
        HazelcastPool pool = HazelcastPool.of("hazelcast", Settings.of(keys))
                .withMemberConfig(config -> config.setProperty("hazelcast.partition.count", "31")
                        .setProperty("hazelcast.socket.bind.any", "false"));
        try {
            pool.start(Deadline.after(Duration.parse(arguments[0])));
            pool.map("seen").put("key", "value");
            System.out.println(
                    STARTED + pool.hazelcast().getCluster().getMembers().size());
        } catch (Exception e) {
            System.out.println(FAILED + e.getMessage());
        }
        // Ends with the test's JVM, however that ends.
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0);
    }
}
