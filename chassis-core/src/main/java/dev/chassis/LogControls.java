package dev.chassis;

import dev.chassis.lifecycle.LogControl;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the logging system, if chassis-logging is on the class path. */
final class LogControls {

    private LogControls() {}

    static Optional<LogControl> find() {
        return ServiceLoader.load(LogControl.class).findFirst();
    }
}
