package dev.chassis.departure;

import dev.chassis.ecs.EcsMetadata;
import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The watch keeps what every component promises. */
class DepartureWatchContractTest implements ComponentContract {

    private final FakeEcs ecs;

    DepartureWatchContractTest() throws IOException {
        ecs = new FakeEcs();
    }

    @Override
    public Component create() {
        return DepartureWatchTest.watch(ecs, Map.of(EcsMetadata.VARIABLE, ecs.metadata()));
    }

    @AfterEach
    void end() {
        ecs.close();
    }
}
