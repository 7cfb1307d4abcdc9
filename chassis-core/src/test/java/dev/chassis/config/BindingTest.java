package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

class BindingTest {

    interface Scalars {
        String text();

        int number();

        Long big();

        double ratio();

        boolean enabled();

        Duration timeout();

        URI uri();

        Path path();

        UUID id();

        TimeUnit unit();

        ZoneId zone();

        LocalDate day();

        Wrapped wrapped();

        int maxBytes();
    }

    /** Made by a constructor; not public. */
    record Wrapped(String text) {
        public Wrapped {}
    }

    @Test
    void readsEveryTypeOfValue() {
        Scalars scalars = Given.nothing()
                .application(
                        "x.text=\\ a b",
                        "x.number= 7",
                        "x.big=8000000000",
                        "x.ratio=0.5",
                        "x.enabled=TRUE",
                        "x.timeout=1m30s",
                        "x.uri=http://h/a",
                        "x.path=/tmp/a",
                        "x.id=6f1c1b5e-3b0a-4c7e-9d4e-0f6f1f0a0b0c",
                        "x.unit=Milliseconds",
                        "x.zone=Europe/Zurich",
                        "x.day=2026-11-23",
                        "x.wrapped=w",
                        "x.max-bytes=4KiB")
                .load()
                .bind("x", Scalars.class);

        assertThat(scalars.text()).isEqualTo(" a b");
        assertThat(scalars.number()).isEqualTo(7);
        assertThat(scalars.big()).isEqualTo(8_000_000_000L);
        assertThat(scalars.ratio()).isEqualTo(0.5);
        assertThat(scalars.enabled()).isTrue();
        assertThat(scalars.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(scalars.uri()).isEqualTo(URI.create("http://h/a"));
        assertThat(scalars.path()).isEqualTo(Path.of("/tmp/a"));
        assertThat(scalars.id()).isEqualTo(UUID.fromString("6f1c1b5e-3b0a-4c7e-9d4e-0f6f1f0a0b0c"));
        assertThat(scalars.unit()).isEqualTo(TimeUnit.MILLISECONDS);
        assertThat(scalars.zone()).isEqualTo(ZoneId.of("Europe/Zurich"));
        assertThat(scalars.day()).isEqualTo("2026-11-23");
        assertThat(scalars.wrapped()).isEqualTo(new Wrapped("w"));
        assertThat(scalars.maxBytes()).isEqualTo(4096);
    }

    interface Optionals {
        Optional<String> text();

        OptionalInt number();

        OptionalLong big();

        OptionalDouble ratio();

        Optional<List<String>> list();

        Optional<Node> node();

        @WithDefault("d")
        Optional<String> withDefault();
    }

    interface Node {
        String host();

        @WithDefault("1")
        int port();
    }

    @Test
    void whatIsOptionalMayBeAbsent() {
        Configuration configuration = Given.nothing().load();
        Optionals optionals = configuration.bind("x", Optionals.class);

        assertThat(optionals.text()).isEmpty();
        assertThat(optionals.number()).isEmpty();
        assertThat(optionals.big()).isEmpty();
        assertThat(optionals.ratio()).isEmpty();
        assertThat(optionals.list()).isEmpty();
        assertThat(optionals.node()).isEmpty();
        assertThat(optionals.withDefault()).contains("d");
        configuration.verify();
    }

    @Test
    void whatIsOptionalMayBeThere() {
        Optionals optionals = Given.nothing()
                .application("x.text=t", "x.number=1", "x.big=2", "x.ratio=3", "x.list=a", "x.node.host=h")
                .load()
                .bind("x", Optionals.class);

        assertThat(optionals.text()).contains("t");
        assertThat(optionals.number()).hasValue(1);
        assertThat(optionals.big()).hasValue(2);
        assertThat(optionals.ratio()).hasValue(3);
        assertThat(optionals.list()).contains(List.of("a"));
        assertThat(optionals.node().orElseThrow().host()).isEqualTo("h");
    }

    interface Client {
        Optional<RetryPolicy> retryPolicy();

        OptionalInt maxBytes();

        Optional<List<String>> allowedHosts();

        Map<String, RetryPolicy> retryPolicies();
    }

    interface RetryPolicy {
        int maxAttempts();

        @WithDefault("1s")
        Duration firstDelay();
    }

    @Test
    void variablesAloneBringOptionalGroupsAndEntriesOfMapsIntoBeing() {
        Configuration configuration = Given.nothing()
                .environment("MY_CLIENT_RETRY_POLICY_MAX_ATTEMPTS", "3")
                .environment("MY_CLIENT_RETRY_POLICIES_READS_MAX_ATTEMPTS", "4")
                .environment("MY_CLIENT_MAX_BYTES", "1KiB")
                .environment("MY_CLIENT_ALLOWED_HOSTS", " a , b$c")
                .load();
        Client client = configuration.bind("my-client", Client.class);

        assertThat(client.retryPolicy().orElseThrow().maxAttempts()).isEqualTo(3);
        assertThat(client.retryPolicy().orElseThrow().firstDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(client.retryPolicies()).containsOnlyKeys("reads");
        assertThat(client.maxBytes()).hasValue(1024);
        assertThat(client.allowedHosts()).contains(List.of("a", "b$c"));
        assertThat(configuration.entries())
                .contains(new Configuration.Entry(
                        "my-client.retry-policy.max-attempts",
                        "3",
                        "environment variable MY_CLIENT_RETRY_POLICY_MAX_ATTEMPTS",
                        false));
    }

    @Test
    void quotesDoNotMakeAnotherKeyOfTheEntriesOfAMap() {
        for (String variable : List.of("X_UNITS_DAYS", "X_UNITS__DAYS_")) {
            Collections collections = Given.nothing()
                    .application("x.list=a", "x.set=1", "x.nodes[0].host=h", "x.units.\"days\"=1")
                    .environment(variable, "2")
                    .load()
                    .bind("x", Collections.class);

            assertThat(collections.units()).containsOnly(Map.entry(TimeUnit.DAYS, 2));
        }
    }

    @Test
    void elementsOfAListMayHaveIndexes() {
        Configuration configuration = Given.nothing()
                .application("x.list[0]=a", "x.list[1]=b", "x.set=1", "x.nodes[0].host=h")
                .environment("X_LIST_1_", "c")
                .load();

        assertThat(configuration.bind("x", Collections.class).list()).containsExactly("a", "c");
        configuration.verify();
    }

    @Test
    void anOptionalGroupThatIsHalfThereIsAProblem() {
        Configuration configuration =
                Given.nothing().application("x.node.port=2").load();
        configuration.bind("x", Optionals.class);

        assertThatThrownBy(configuration::verify).hasMessageContaining("x.node.host is not set");
    }

    interface Collections {
        List<String> list();

        Set<Integer> set();

        List<Node> nodes();

        Map<String, Node> pools();

        Map<TimeUnit, Integer> units();

        Map<String, List<Integer>> lists();
    }

    @Test
    void readsListsSetsAndMaps() {
        Collections collections = Given.nothing()
                .application(
                        "x.list=a, b\\\\,c ,d",
                        "x.set=3,1,3",
                        "x.nodes[0].host=h0",
                        "x.nodes[1].host=h1",
                        "x.nodes[1].port=2",
                        "x.pools.main.host=m",
                        "x.pools.\"read.only\".host=r",
                        "x.units.seconds=1",
                        "x.units.days=2",
                        "x.lists.a=1,2",
                        "x.lists.b.c=3",
                        "x.lists.d[0]=4")
                .load()
                .bind("x", Collections.class);

        assertThat(collections.list()).containsExactly("a", "b,c", "d");
        assertThat(collections.set()).containsExactlyInAnyOrder(3, 1);
        assertThat(collections.nodes()).extracting(Node::host).containsExactly("h0", "h1");
        assertThat(collections.nodes()).extracting(Node::port).containsExactly(1, 2);
        assertThat(collections.pools()).containsOnlyKeys("main", "read.only");
        assertThat(pool(collections, "read.only").host()).isEqualTo("r");
        assertThat(collections.units()).containsOnly(Map.entry(TimeUnit.SECONDS, 1), Map.entry(TimeUnit.DAYS, 2));
        assertThat(collections.lists())
                .containsOnly(Map.entry("a", List.of(1, 2)), Map.entry("b.c", List.of(3)), Map.entry("d", List.of(4)));
    }

    @Test
    void aWrongNameInAMapIsAProblem() {
        Configuration configuration = Given.nothing()
                .application("x.list=a", "x.set=1", "x.nodes[0].host=a", "x.units.fortnights=1")
                .load();
        Collections collections = configuration.bind("x", Collections.class);

        assertThatThrownBy(configuration::verify).hasMessage("""
                        the configuration has 1 problem:
                          x.units.fortnights from its name (expected: one of nanoseconds, microseconds, milliseconds, seconds, minutes, hours, days)""");
        assertThatThrownBy(collections::units).isInstanceOf(ConfigException.class);
    }

    @Test
    void variablesReachEveryShape() {
        Collections collections = Given.nothing()
                .application("x.pools.main-pool.host=file")
                .environment("X_LIST", "a,b")
                .environment("X_SET", "1")
                .environment("X_NODES_0__HOST", "h0")
                .environment("X_NODES_1__HOST", "h1")
                .environment("X_POOLS_MAIN_POOL_HOST", "environment")
                .environment("X_POOLS_OTHER_PORT", "2")
                .environment("X_POOLS_OTHER_HOST", "o")
                .environment("X_POOLS__READ_ONLY__HOST", "r")
                .environment("X_UNITS_SECONDS", "1")
                .load()
                .bind("x", Collections.class);

        assertThat(collections.list()).containsExactly("a", "b");
        assertThat(collections.nodes()).extracting(Node::host).containsExactly("h0", "h1");
        assertThat(collections.pools()).containsOnlyKeys("main-pool", "other", "read.only");
        assertThat(pool(collections, "main-pool").host()).isEqualTo("environment");
        assertThat(pool(collections, "other").port()).isEqualTo(2);
        assertThat(pool(collections, "read.only").host()).isEqualTo("r");
        assertThat(collections.units()).containsOnlyKeys(TimeUnit.SECONDS);
    }

    private static Node pool(Collections collections, String name) {
        return Objects.requireNonNull(collections.pools().get(name));
    }

    interface Pools {
        Map<String, Pool> pools();
    }

    interface Pool {
        int age();

        int maxAge();
    }

    @Test
    void theNameInAVariableEndsWhereTheLongestKeyBegins() {
        Pools pools = Given.nothing()
                .environment("X_POOLS_MAIN_MAX_AGE", "2")
                .environment("X_POOLS_MAIN_AGE", "1")
                .load()
                .bind("x", Pools.class);

        assertThat(pools.pools()).containsOnlyKeys("main");
        assertThat(pools.pools().values()).extracting(Pool::maxAge).containsExactly(2);
    }

    interface Names extends Inherited {
        @WithName("other.name")
        String renamed();

        @WithParentName
        Node self();

        @WithDefault("3")
        int maxHTTPConnections();

        default String greeting() {
            return "hello " + renamed();
        }
    }

    interface Inherited {
        @WithDefault("yes")
        String inherited();
    }

    @Test
    void namesMayBeGivenAndGroupsMayBeFlat() {
        Names names = Given.nothing()
                .application("x.other.name=r", "x.host=h", "x.max-http-connections=4")
                .load()
                .bind("x", Names.class);

        assertThat(names.renamed()).isEqualTo("r");
        assertThat(names.self().host()).isEqualTo("h");
        assertThat(names.maxHTTPConnections()).isEqualTo(4);
        assertThat(names.inherited()).isEqualTo("yes");
        assertThat(names.greeting()).isEqualTo("hello r");
    }

    @Test
    void mappingsAreEqualByTheirValues() {
        Configuration configuration = Given.nothing().application("x.host=h").load();
        Node node = configuration.bind("x", Node.class);
        Node other = configuration.bind("x", Node.class);

        assertThat(node).isEqualTo(other).hasSameHashCodeAs(other);
    }

    @Test
    void aMappingWithProblemsIsEqualToItselfOnly() {
        Configuration configuration = Given.nothing().load();
        Node node = configuration.bind("x", Node.class);
        Node other = configuration.bind("x", Node.class);

        Object same = node;
        assertThat(node).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
        assertThat(node).hasToString("Node with problems");
    }

    @Test
    void aMappingMayBeBoundUnderSeveralPrefixesAndUnderNone() {
        Configuration configuration =
                Given.nothing().application("host=root", "a.host=a", "b.host=b").load();

        assertThat(configuration.bind("", Node.class).host()).isEqualTo("root");
        assertThat(configuration.bind("a", Node.class).host()).isEqualTo("a");
        assertThat(configuration.bind("b", Node.class).host()).isEqualTo("b");
        configuration.verify();
    }

    @ConfigMapping(prefix = "x", namingStrategy = ConfigMapping.NamingStrategy.SNAKE_CASE)
    interface Snake {
        @WithDefault("1")
        int maxSize();
    }

    @Test
    void theNamingStrategyIsThatOfTheAnnotation() {
        assertThat(Given.nothing()
                        .application("x.max_size=2")
                        .load()
                        .bind(Snake.class)
                        .maxSize())
                .isEqualTo(2);
    }

    interface WithArgument {
        String get(int index);
    }

    interface Printed {
        String toString();

        String password();
    }

    interface Recursive {
        Recursive self();
    }

    interface Hen {
        Egg egg();
    }

    interface Egg {
        Hen hen();
    }

    interface Converted {
        @WithConverter(Upper.class)
        String text();
    }

    static final class Upper implements Converter<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String value) {
            return value.toUpperCase(java.util.Locale.ROOT);
        }
    }

    interface Unreadable {
        Optional<Runtime> runtime();
    }

    interface BadRange {
        @WithDefault("1s")
        @Range(min = "5")
        Duration timeout();
    }

    interface RangeOfText {
        @Range(min = "5")
        boolean enabled();
    }

    interface DefaultOfMap {
        @WithDefault("1")
        Map<String, Integer> map();
    }

    @Test
    void whatCannotBeReadIsAMistakeInTheProgram() {
        assertMistake(String.class, "java.lang.String (expected: an interface)");
        assertMistake(WithArgument.class, WithArgument.class.getName() + ": SRCFG00052: ");
        assertMistake(Printed.class, "Printed.toString(): toString, which prints secrets (expected: ");
        assertMistake(Recursive.class, Recursive.class.getName() + ": SRCFG");
        assertMistake(Hen.class, Hen.class.getName() + " contains itself");
        assertMistake(Converted.class, "Converted.text(): @WithConverter (expected: ");
        assertMistake(Unreadable.class, "SRCFG00013: ");
        assertMistake(BadRange.class, "BadRange.timeout(): @Range: \"5\" (expected: a duration with its unit");
        assertMistake(RangeOfText.class, "RangeOfText.enabled(): @Range: \"5\" (expected: true or false");
        assertMistake(DefaultOfMap.class, "DefaultOfMap.map(): a map with @WithDefault");
        assertThatThrownBy(() -> Given.nothing().load().bind(Node.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(Node.class.getName() + " has no prefix (expected: @ConfigMapping)");
    }

    private static void assertMistake(Class<?> mapping, String message) {
        assertThatThrownBy(() -> Given.nothing().load().bind("x", mapping))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
