package dev.chassis.inbox;

import dev.chassis.outbox.TestDatabase;

/** On PostgreSQL. */
class InboxOnPostgresTest extends InboxTests {

    @Override
    TestDatabase startDatabase() {
        return TestDatabase.postgres();
    }
}
