package dev.chassis.outbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Outbox and inbox are used side by side and know neither each other nor the broker's client nor any pool. */
class OutboxArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.chassis.outbox", "dev.chassis.inbox");

    @Test
    void outboxAndInboxSeeNeitherEachOtherNorClientsNorPools() {
        apart("dev.chassis.outbox", "dev.chassis.inbox");
        apart("dev.chassis.inbox", "dev.chassis.outbox");
    }

    private static void apart(String one, String other) {
        noClasses()
                .that()
                .resideInAPackage(one)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        other,
                        "com.rabbitmq..",
                        "com.zaxxer..",
                        "dev.chassis.jdbc",
                        "dev.chassis.redis",
                        "dev.chassis.hazelcast")
                .check(CLASSES);
    }
}
