package dev.chassis;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between packages, and what no package does. Who is not named as allowed is forbidden. */
class ArchitectureTest {

    /** What lies beside the way in: main code, and no tests. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(Chassis.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void adminStandsOnHttpHealthMetricsLifecycleAndConfig() {
        mayUse("admin", "http", "health", "metrics", "lifecycle", "config").check(CLASSES);
    }

    @Test
    void httpStandsOnLifecycleContextConfigAndJson() {
        mayUse("http", "lifecycle", "context", "config", "json").check(CLASSES);
    }

    @Test
    void clientStandsOnLifecycleContextAndConfig() {
        mayUse("client", "lifecycle", "context", "config").check(CLASSES);
    }

    @Test
    void lifecycleStandsOnHealthAndConfig() {
        mayUse("lifecycle", "health", "config").check(CLASSES);
    }

    @Test
    void ecsStandsOnLifecycleAndConfig() {
        mayUse("ecs", "lifecycle", "config").check(CLASSES);
    }

    @Test
    void healthStandsOnNothing() {
        mayUse("health").check(CLASSES);
    }

    @Test
    void contextStandsOnNothing() {
        mayUse("context").check(CLASSES);
    }

    @Test
    void configStandsOnNothing() {
        mayUse("config").check(CLASSES);
    }

    @Test
    void metricsStandsOnConfig() {
        mayUse("metrics", "config").check(CLASSES);
    }

    @Test
    void busStandsOnNothing() {
        mayUse("bus").check(CLASSES);
    }

    @Test
    void devServicesStandOnNothing() {
        mayUse("devservices").check(CLASSES);
    }

    @Test
    void jsonStandsOnNothing() {
        mayUse("json").check(CLASSES);
    }

    @Test
    void timeStandsOnNothing() {
        mayUse("time").check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.chassis.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nettyIsKnownToHttpOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.chassis.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    /** Server and application are the two sides of the seam; everybody else sees neither side of it. */
    @Test
    void publicSignaturesShowNothingInternal() {
        DescribedPredicate<JavaClass> internal = resideInAPackage("dev.chassis.http.internal..");
        ArchRule rule = codeUnits()
                .that()
                .areDeclaredInClassesThat(publicButForTheSeam())
                .and()
                .arePublic()
                .should()
                .notHaveRawReturnType(internal)
                .andShould()
                .notHaveRawParameterTypes(DescribedPredicate.describe(
                        "with one that is internal", types -> types.stream().anyMatch(internal)));
        rule.check(CLASSES);
    }

    @Test
    void nobodyLogsThroughJavaUtilLogging() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(CLASSES);
    }

    /** But for the root package, whose command line answers a person. */
    @Test
    void nobodyWritesToTheConsole() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.chassis")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .accessTargetWhere(DescribedPredicate.<JavaAccess<?>>describe(
                        "is Thread.sleep",
                        access -> access.getTargetOwner().isEquivalentTo(Thread.class)
                                && access.getTarget().getName().equals("sleep")))
                .check(CLASSES);
    }

    /** Several services run in one JVM. */
    @Test
    void staticFieldsAreConstants() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    /** A package that has not been written yet breaks no rule. */
    private static ArchRule mayUse(String name, String... others) {
        String[] allowed = Stream.concat(Stream.of(name, "time"), Arrays.stream(others))
                .map(other -> "dev.chassis." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("dev.chassis." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.chassis..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(!written(name));
    }

    private static boolean written(String name) {
        return CLASSES.stream().anyMatch(type -> type.getPackageName().startsWith("dev.chassis." + name));
    }

    private static DescribedPredicate<JavaClass> publicButForTheSeam() {
        return DescribedPredicate.describe(
                "public outside internal packages, but for the seam",
                type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getPackageName().contains(".internal")
                        && !type.getName().equals("dev.chassis.http.HttpServer")
                        && !type.getName().equals("dev.chassis.http.HttpApplication"));
    }
}
