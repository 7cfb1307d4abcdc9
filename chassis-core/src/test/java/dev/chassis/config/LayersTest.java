package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {

    @TempDir
    Path directory;

    @ConfigMapping(prefix = "orders")
    interface Orders {

        @WithDefault("default")
        String name();
    }

    @Test
    void theDefaultIsTheLowestLayer() {
        assertOrders(Given.nothing(), "default", "default");
    }

    @Test
    void theApplicationFileBeatsTheDefault() {
        assertOrders(Given.nothing().application("orders.name=application"), "application", "application.properties");
    }

    @Test
    void theProfileFileBeatsTheApplicationFile() {
        Given given = withProfile().application("orders.name=application");

        assertOrders(given, "profile", "application-test.properties");
    }

    @Test
    void theNamedFileBeatsTheProfileFile() throws Exception {
        Path file = file("orders.name=file");

        assertOrders(withProfile().environment("CHASSIS_CONFIG_FILE", file.toString()), "file", originOf(file));
    }

    @Test
    void theEnvironmentBeatsTheNamedFile() throws Exception {
        Given given = Given.nothing()
                .environment("CHASSIS_CONFIG_FILE", file("orders.name=file").toString())
                .environment("ORDERS_NAME", "environment");

        assertOrders(given, "environment", "environment variable ORDERS_NAME");
    }

    @Test
    void systemPropertiesBeatTheEnvironment() {
        Given given = Given.nothing().environment("ORDERS_NAME", "environment").systemProperty("orders.name", "system");

        assertOrders(given, "system", "system property");
    }

    @Test
    void overridesBeatSystemProperties() {
        Given given = Given.nothing().systemProperty("orders.name", "system").override("orders.name", "override");

        assertOrders(given, "override", "command line");
    }

    @Test
    void theProfileMayBeNamedInTheEnvironmentASystemPropertyAnOverrideOrTheApplicationFile() {
        Given profile = Given.nothing().resource("application-test.properties", "orders.name=profile");

        assertThat(orders(profile.environment("CHASSIS_PROFILE", "test")).name())
                .isEqualTo("profile");
        assertThat(orders(Given.nothing()
                                .resource("application-test.properties", "orders.name=profile")
                                .systemProperty("chassis.profile", "test"))
                        .name())
                .isEqualTo("profile");
        assertThat(orders(Given.nothing()
                                .resource("application-test.properties", "orders.name=profile")
                                .application("chassis.profile=test"))
                        .name())
                .isEqualTo("profile");
        assertThat(orders(withProfile()
                                .resource("application-other.properties", "orders.name=other")
                                .override("chassis.profile", "other"))
                        .name())
                .isEqualTo("other");
    }

    @Test
    void aProfileWithoutAFileIsAProblem() {
        assertThatThrownBy(() -> Given.nothing()
                        .environment("CHASSIS_PROFILE", "prd")
                        .load()
                        .verify())
                .hasMessage("the configuration has 1 problem:\n"
                        + "  chassis.profile = \"prd\" from environment variable CHASSIS_PROFILE"
                        + " (expected: a profile with a file application-prd.properties on the class path)");
    }

    @Test
    void aNamedFileThatDoesNotExistIsAProblem() {
        Path missing = directory.resolve("missing.properties");

        assertThatThrownBy(() -> Given.nothing()
                        .environment("CHASSIS_CONFIG_FILE", missing.toString())
                        .load()
                        .verify())
                .hasMessage("the configuration has 1 problem:\n  chassis.config-file = \"" + missing
                        + "\" from environment variable CHASSIS_CONFIG_FILE"
                        + " (expected: the path of a file that exists)");
    }

    @Test
    void aNamedFileThatCannotBeReadIsAProblem() {
        assertThatThrownBy(() -> Given.nothing()
                        .systemProperty("chassis.config-file", directory.toString())
                        .load()
                        .verify())
                .hasMessage("the configuration has 1 problem:\n  chassis.config-file = \"" + directory
                        + "\" from system property"
                        + " (expected: the path of a readable properties file in UTF-8)");
    }

    @Test
    void aNamedFileThatIsNotUtf8IsAProblem() throws Exception {
        Path file = Files.write(
                directory.resolve("latin.properties"), "orders.name=Müller".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Given.nothing()
                        .override("chassis.config-file", file.toString())
                        .load()
                        .verify())
                .hasMessageContaining("(expected: the path of a readable properties file in UTF-8)");
    }

    @Test
    void aNamedFileCannotNameTheProfile() throws Exception {
        Path file = file("chassis.profile=test");

        assertThatThrownBy(() -> Given.nothing()
                        .environment("CHASSIS_CONFIG_FILE", file.toString())
                        .load()
                        .verify())
                .hasMessage("the configuration has 1 problem:\n  chassis.profile = \"test\" from " + originOf(file)
                        + " (expected: no such key in a file that is found by it)");
    }

    @Test
    void anApplicationFileThatIsNotUtf8IsAProblem() {
        byte[] latin = "orders.name=Müller".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Given.nothing()
                        .resource("application.properties", latin)
                        .load()
                        .verify())
                .hasMessageContaining("(expected: a readable properties file in UTF-8)");
    }

    @Test
    void anApplicationFileThatIsMalformedIsAProblem() {
        assertThatThrownBy(() ->
                        Given.nothing().application("orders.name=\\u12").load().verify())
                .hasMessage("the configuration has 1 problem:\n"
                        + "  application.properties from the class path"
                        + " (expected: a readable properties file in UTF-8)");
    }

    @Test
    void aKeyThatStandsTwiceInAFileIsAProblem() {
        Given given = Given.nothing().application("orders.name=a", "orders.name=b");
        Configuration configuration = given.load();
        configuration.bind(Orders.class);

        assertThatThrownBy(configuration::verify)
                .hasMessage("the configuration has 1 problem:\n"
                        + "  orders.name from application.properties (expected: a key once in a file)");
    }

    @Test
    void filesAreReadInUtf8() {
        assertThat(orders(Given.nothing().application("orders.name=Müller")).name())
                .isEqualTo("Müller");
    }

    @Test
    void anEmptyValueHidesTheLayersBelow() {
        Configuration configuration = Given.nothing()
                .application("orders.name=application")
                .environment("ORDERS_NAME", "")
                .load();
        configuration.bind(Orders.class);

        assertThatThrownBy(configuration::verify)
                .hasMessage("the configuration has 1 problem:\n"
                        + "  orders.name from environment variable ORDERS_NAME"
                        + " (expected: text, not an empty value)");
    }

    @Test
    void twoConfigurationsOfOneProcessKnowNothingOfEachOther() {
        Configuration good = Given.nothing().override("orders.name", "a").load();
        Configuration bad = Given.nothing().override("orders.nme", "b").load();

        assertThat(good.bind(Orders.class).name()).isEqualTo("a");
        assertThat(bad.bind(Orders.class).name()).isEqualTo("default");
        assertThatThrownBy(bad::verify).isInstanceOf(ConfigException.class);
        good.verify();
    }

    @Test
    void manyThreadsMayBindAtOnce() throws Exception {
        Configuration configuration = Given.nothing().application("a.x=1").load();
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Future<String>> names = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            String prefix = "orders" + i % 2;
            names.add(executor.submit(() -> {
                together.await(10, TimeUnit.SECONDS);
                return configuration.bind(prefix, Orders.class).name();
            }));
        }

        for (Future<String> name : names) {
            assertThat(name.get(10, TimeUnit.SECONDS)).isEqualTo("default");
        }
        executor.shutdown();
        assertThat(configuration.reference()).containsOnlyOnce("## orders0").containsOnlyOnce("## orders1");
        assertThat(configuration.entries()).hasSize(4);
    }

    @Test
    void systemPropertiesOfTheProcessAreReadUnlessOthersAreGiven() {
        assertThat(Configuration.load(Map.of()).settings("java.vm"))
                .containsEntry("name", System.getProperty("java.vm.name"));
        assertThat(Configuration.load(Map.of(), Map.of(), Map.of()).settings("java.vm"))
                .isEmpty();
    }

    private static Orders orders(Given given) {
        return given.load().bind(Orders.class);
    }

    private static void assertOrders(Given given, String name, String origin) {
        Configuration configuration = given.load();

        assertThat(configuration.bind(Orders.class).name()).isEqualTo(name);
        assertThat(configuration.entries())
                .contains(new Configuration.Entry("orders.name", name, origin, origin.equals("default")));
        configuration.verify();
    }

    private static Given withProfile() {
        return Given.nothing()
                .environment("CHASSIS_PROFILE", "test")
                .resource("application-test.properties", "orders.name=profile");
    }

    private Path file(String line) throws Exception {
        return Files.writeString(directory.resolve("orders.properties"), line);
    }

    private static String originOf(Path file) {
        return "file " + file + " (CHASSIS_CONFIG_FILE)";
    }
}
