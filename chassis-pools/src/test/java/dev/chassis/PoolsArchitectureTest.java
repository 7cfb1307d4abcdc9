package dev.chassis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Three flat packages that never see each other. */
class PoolsArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.chassis.jdbc", "dev.chassis.redis", "dev.chassis.hazelcast");

    @Test
    void jdbcSeesNeitherRedisNorHazelcast() {
        apart("jdbc", "redis", "hazelcast");
    }

    @Test
    void redisSeesNeitherJdbcNorHazelcast() {
        apart("redis", "jdbc", "hazelcast");
    }

    @Test
    void hazelcastSeesNeitherJdbcNorRedis() {
        apart("hazelcast", "jdbc", "redis");
    }

    private static void apart(String one, String... others) {
        for (String other : others) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.chassis." + one)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.chassis." + other)
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }
}
