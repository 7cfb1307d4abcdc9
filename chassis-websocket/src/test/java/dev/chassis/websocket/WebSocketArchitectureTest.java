package dev.chassis.websocket;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** WebSockets stand on the core alone, and bytes know nothing of sessions. */
class WebSocketArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.chassis.websocket");

    @Test
    void webSocketsSeeTheCoreOnly() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.chassis..")
                        .and(not(resideInAnyPackage(
                                "dev.chassis",
                                "dev.chassis.websocket..",
                                "dev.chassis.http",
                                "dev.chassis.http.upgrade",
                                "dev.chassis.lifecycle",
                                "dev.chassis.context",
                                "dev.chassis.config",
                                "dev.chassis.json",
                                "dev.chassis.health",
                                "dev.chassis.bus",
                                "dev.chassis.time"))))
                .check(CLASSES);
    }

    @Test
    void internalsNeverSeeThePublicSide() {
        noClasses()
                .that()
                .resideInAPackage("dev.chassis.websocket.internal")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.chassis.websocket", "dev.chassis.http..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void staticFieldsAreConstants() {
        fields().that().areStatic().should().beFinal().allowEmptyShould(true).check(CLASSES);
    }
}
