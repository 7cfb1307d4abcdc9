package dev.chassis.outbox;

/** On PostgreSQL. */
class OutboxOnPostgresTest extends OutboxTests {

    @Override
    TestDatabase startDatabase() {
        return TestDatabase.postgres();
    }
}
