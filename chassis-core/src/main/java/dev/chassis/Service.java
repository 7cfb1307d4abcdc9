package dev.chassis;

import dev.chassis.health.HealthCheck;
import dev.chassis.http.Routes;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.LifecycleEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/**
 * A service while its parts are listed. Nothing starts here; constructors only check and store.
 *
 * <pre>{@code
 * Chassis.run("orders-service", args, service -> {
 *     var settings = service.config(OrdersConfig.class);
 *     service.http(routes -> routes.get("/orders/{id}", new Orders(settings)));
 * });
 * }</pre>
 *
 * <p>Used by the thread that assembles the service only.
 */
public interface Service {

    /** The service's name. */
    String name();

    /**
     * Adds a part, which starts in its stage. Two parts of one name are a mistake that is found before anything starts.
     *
     * @return the part
     */
    <T extends Component> T add(T component);

    /**
     * The configuration of a {@code @ConfigMapping} interface, under the prefix its annotation says. A value that is missing or wrong is
     * reported together with all others when the assembly is over, before anything starts; reading it before that throws.
     */
    <T> T config(Class<T> mapping);

    /** The same under a prefix of your own, for a mapping that is used more than once. */
    <T> T config(String prefix, Class<T> mapping);

    /** Declares what the service answers. May be called more than once; the first call adds the HTTP server. */
    void http(Consumer<Routes> routes);

    /** For work that outlives its request: bounded, under the same correlation, counted as in flight and awaited by the drain. */
    Background background();

    /** Where meters of your own go. */
    MeterRegistry meters();

    /** Adds a check that belongs to no component. */
    void check(HealthCheck check);

    /** Adds a hook that runs after everything is connected and before anything is accepted: fill a cache, warm a code path. */
    void warmUp(String name, WarmUp hook);

    /** Listens to what happens to the service. */
    void onEvent(Consumer<LifecycleEvent> listener);

    /** A warm-up hook. */
    @FunctionalInterface
    interface WarmUp {

        /**
         * Warms something.
         *
         * @throws Exception to fail the start
         */
        void run() throws Exception;
    }
}
