package dev.chassis.inbox;

import dev.chassis.outbox.TestDatabase;
import org.junit.jupiter.api.Test;

/** On MariaDB. */
class InboxOnMariaDbTest extends InboxTests {

    @Override
    TestDatabase startDatabase() {
        return TestDatabase.mariaDb();
    }

    @Test
    void refusesATableThatTakesOneIdForAnother() {
        database().execute("drop table chassis_inbox");
        database()
                .execute(
                        "create table chassis_inbox (consumer varchar(100), message_id varchar(200), handled_at bigint,"
                                + " primary key (consumer, message_id)) character set utf8mb4 collate utf8mb4_general_ci");
        assertRefused("takes \"A\" for another id");
        database().execute("alter table chassis_inbox convert to character set utf8mb4 collate utf8mb4_bin");
        assertRefused("takes \"a \" for another id");
    }
}
