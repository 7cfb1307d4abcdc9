package dev.chassis.testing;

import dev.chassis.Chassis;
import dev.chassis.RunningService;
import dev.chassis.Service;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One run of a service, from start to close.
 *
 * @param owner the id of the test or class it was started for, which is the one that closes it
 */
record Run(
        String owner,
        RunningService service,
        TestClient client,
        TestClient admin,
        RecordedEvents events,
        CapturedLogs logs) {

    static Run start(String owner, String name, Map<String, String> config, Consumer<Service> assembly) {
        RecordedEvents events = new RecordedEvents();
        CapturedLogs logs = CapturedLogs.start();
        try {
            RunningService service = Chassis.start(name, Map.copyOf(config), parts -> {
                parts.onEvent(events::record);
                assembly.accept(parts);
            });
            TestClient client = TestClient.of(service::port);
            TestClient admin = TestClient.of(service::adminPort);
            return new Run(owner, service, client, admin, events, logs);
        } catch (RuntimeException e) {
            logs.stop();
            throw e;
        }
    }

    /** Closes the service; what was recorded stays readable. */
    void close() {
        service.close();
        logs.stop();
    }
}
