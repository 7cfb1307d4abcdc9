package dev.chassis.messaging;

import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A consumer keeps what every component promises. */
class ConsumerContractTest implements ComponentContract {

    private final Rig rig = new Rig();

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Override
    public Component create() {
        return rig.consumer(delivery -> Outcome.ack());
    }

    @Override
    public Optional<Component> createFailing() {
        return Optional.of(new Consumer<>(rig.source(), "no-such-queue", Decoder.bytes(), delivery -> Outcome.ack())
                .declaringNothing());
    }
}
