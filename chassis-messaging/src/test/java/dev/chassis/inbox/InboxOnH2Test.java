package dev.chassis.inbox;

import dev.chassis.outbox.TestDatabase;

/** On H2, for developers. */
class InboxOnH2Test extends InboxTests {

    @Override
    TestDatabase startDatabase() {
        return TestDatabase.h2();
    }
}
