package dev.chassis.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** A component that takes the meters of the service elsewhere, too, besides the admin port: to CloudWatch, for example. */
@FunctionalInterface
public interface MeterSink {

    /**
     * Where the meters go besides. Asked once, when the component is added; every meter that is made from then on is made there, too.
     *
     * @param service the service's name
     * @return empty to leave it
     */
    Optional<MeterRegistry> sink(String service);
}
