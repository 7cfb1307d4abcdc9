package dev.chassis.testing;

import dev.chassis.RunningService;
import dev.chassis.Service;
import dev.chassis.lifecycle.DrainReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a service for real, on ports the system gives, for the tests of a class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ChassisExtension service = ChassisExtension.of("orders-service", Application::assemble)
 *         .config("greeting.salutation", "Hi");
 *
 * @Test
 * void greets() {
 *     assertThat(service.client().get("/greetings/Asha").status()).isEqualTo(200);
 * }
 * }</pre>
 *
 * <p>In a static field it starts before the first test of the class and is closed after the last. In an instance field every test has a
 * service of its own, which is what a test that drains it wants. The lame-duck period of the drain ends at once. The environment of the
 * process is not hidden; what the test configures wins over it.
 *
 * <p>Configured and started by JUnit's thread; what it returns is thread-safe.
 */
public final class ChassisExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final long DRAIN_LIMIT_SECONDS = 60;

    private final String name;
    private final Consumer<Service> assembly;
    private final Map<String, String> config = new LinkedHashMap<>();

    private @Nullable Run running;

    private ChassisExtension(String name, Consumer<Service> assembly) {
        this.name = name;
        this.assembly = assembly;
        config.put("chassis.http.port", "0");
        config.put("chassis.admin.port", "0");
        config.put("chassis.drain.quiet-period", "0s"); // no load balancer has to let go of a test
    }

    /** A service of that name, with its parts as {@code Chassis.run} would be given them. */
    public static ChassisExtension of(String name, Consumer<Service> assembly) {
        return new ChassisExtension(name, assembly);
    }

    /** Sets a configuration key, above every other layer. Takes effect at the next start. */
    public ChassisExtension config(String key, String value) {
        config.put(key, value);
        return this;
    }

    /**
     * The running service.
     *
     * @throws IllegalStateException if it is not running
     */
    public RunningService service() {
        return run().service();
    }

    /** A client of the service's HTTP port; asking a service without one is an {@link IllegalStateException}. */
    public TestClient client() {
        return run().client();
    }

    /** A client of the service's admin port; asking a service without one is an {@link IllegalStateException}. */
    public TestClient admin() {
        return run().admin();
    }

    /** What has happened to the service since it was assembled. */
    public RecordedEvents events() {
        return run().events();
    }

    /** What has been logged since the service began to start. */
    public CapturedLogs logs() {
        return run().logs();
    }

    /** Drains the service as a SIGTERM would, and waits until it has stopped. Later calls return the same report. */
    public DrainReport drain() {
        try {
            return service().drain("SIGTERM").toCompletableFuture().get(DRAIN_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + name + " drained", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no drain report from " + name + " within " + DRAIN_LIMIT_SECONDS + " s", e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startFor(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        startFor(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeFor(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeFor(context);
    }

    private void startFor(ExtensionContext context) {
        if (running == null) {
            running = Run.start(context.getUniqueId(), name, config, assembly);
        }
    }

    // Nested classes and single tests use the service of the outermost; only that one ends it.
    private void closeFor(ExtensionContext context) {
        Run ended = running;
        if (ended != null && ended.owner().equals(context.getUniqueId())) {
            running = null;
            ended.close();
        }
    }

    private Run run() {
        if (running == null) {
            throw new IllegalStateException(
                    name + " is not running (expected: during a test, in a field annotated @RegisterExtension)");
        }
        return running;
    }
}
