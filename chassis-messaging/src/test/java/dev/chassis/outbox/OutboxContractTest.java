package dev.chassis.outbox;

import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An outbox keeps the contract; on H2, so that its script is tried, too. */
class OutboxContractTest implements ComponentContract {

    private TestDatabase database;

    @BeforeEach
    void openDatabase() {
        database = TestDatabase.h2();
        database.create("outbox");
    }

    @AfterEach
    void closeDatabase() throws Exception {
        database.close();
    }

    @Override
    public Component create() {
        return Outbox.of("outbox", Outboxes.config(), database.source(), new RabbitSender(TestQueue.BROKER));
    }

    /** Its tables are missing. */
    @Override
    public Optional<Component> createFailing() {
        database.execute("drop table chassis_outbox");
        return Optional.of(create());
    }
}
