package dev.chassis.outbox;

/** On MariaDB. */
class OutboxOnMariaDbTest extends OutboxTests {

    @Override
    TestDatabase startDatabase() {
        return TestDatabase.mariaDb();
    }
}
