package dev.chassis.jdbc;

/** Says which Maven artifact is missing, before a class that needs it is touched. Stateless. */
final class Libraries {

    private Libraries() {}

    /**
     * Makes sure that HikariCP is there.
     *
     * @throws IllegalStateException if it is not, naming the artifact
     */
    static void require() {
        try {
            Class.forName("com.zaxxer.hikari.HikariDataSource", false, Libraries.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "JdbcPool needs HikariCP on the class path: add the dependency com.zaxxer:HikariCP, version 7.1.0 or later (chassis-bom has it)",
                    e);
        }
    }
}
