package dev.chassis.testing;

import dev.chassis.devservices.DevServer;

/** H2 in this JVM, in its PostgreSQL mode. Stateless. */
final class H2Database {

    /** How the URL begins by which everybody can tell. */
    static final String PREFIX = "jdbc:h2:";

    private static final String URL = PREFIX
            + "mem:chassis-dev;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";

    private H2Database() {}

    /** Only where nothing better is to be had: it has neither PostgreSQL's locks nor its error codes. */
    static DevServer likePostgresql() throws Unavailable {
        ClassPath.require("org.h2.Driver", "com.h2database:h2");
        return new DevServer(
                URL,
                "sa",
                "",
                "H2 in PostgreSQL mode, because no PostgreSQL is to be had: SQL for happy paths works, while SKIP LOCKED, NOTIFY, error"
                        + " codes and locks are not those of PostgreSQL");
    }
}
