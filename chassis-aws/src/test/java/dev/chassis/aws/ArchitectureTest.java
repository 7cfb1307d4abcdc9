package dev.chassis.aws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.chassis.cloudwatch.CloudWatchMetrics;
import org.junit.jupiter.api.Test;

/** The arrows from here: to the core, and to no sibling. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(CloudWatchMetrics.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    @Test
    void packagesStandOnTheCoreAndNotOnEachOther() {
        SlicesRuleDefinition.slices()
                .matching("dev.chassis.(cloudwatch|parameters|departure)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void nobodySeesASibling() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.chassis.logging..",
                        "dev.chassis.jdbc..",
                        "dev.chassis.redis..",
                        "dev.chassis.hazelcast..",
                        "dev.chassis.messaging..",
                        "dev.chassis.websocket..")
                .check(CLASSES);
    }

    @Test
    void nobodySpeaksByAnotherHttpClient() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "org.apache.http..", "software.amazon.awssdk.http.nio..")
                .check(CLASSES);
    }

    @Test
    void staticFieldsAreConstants() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }
}
