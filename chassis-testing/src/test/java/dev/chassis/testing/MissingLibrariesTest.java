package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.devservices.DevServices;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dev services in a service that has none of the libraries they can use. */
class MissingLibrariesTest {

    @ParameterizedTest
    @ValueSource(strings = {DevServices.POSTGRESQL, DevServices.MARIADB, DevServices.REDIS, DevServices.RABBITMQ})
    void withoutTestcontainersThatIsTheReason(String kind) {
        assertThatThrownBy(() -> services(Way.DOCKER).server(kind))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("docker: org.testcontainers:testcontainers is not on the class path");
    }

    @ParameterizedTest
    @ValueSource(strings = {DevServices.POSTGRESQL, DevServices.MARIADB})
    void withoutItsDriverARunningDatabaseIsPassedOver(String kind) {
        assertThatThrownBy(() -> services(Way.LOCAL).server(kind))
                .hasMessageContaining("local: the driver ")
                .hasMessageContaining("is not on the class path");
    }

    @Test
    void withoutH2ThatIsTheReason() {
        assertThatThrownBy(() -> services(Way.H2).server(DevServices.POSTGRESQL))
                .hasMessageContaining("h2: com.h2database:h2 is not on the class path");
    }

    @Test
    void withoutItsClientARunningRabbitMqIsPassedOver() {
        assertThatThrownBy(() -> services(Way.LOCAL).server(DevServices.RABBITMQ))
                .hasMessageContaining("local: the client com.rabbitmq:amqp-client is not on the class path");
    }

    @Test
    void withoutQpidThatIsTheReason() {
        assertThatThrownBy(() -> services(Way.QPID).server(DevServices.RABBITMQ))
                .hasMessageContaining("qpid: org.apache.qpid:qpid-broker-core is not on the class path");
    }

    @Test
    void withoutHazelcastThatIsTheReason() {
        assertThatThrownBy(() -> services(Way.LOCAL).server(DevServices.HAZELCAST))
                .hasMessageContaining("in this JVM: com.hazelcast:hazelcast is not on the class path");
    }

    @Test
    void theyAreFoundAllTheSame() throws ReflectiveOperationException {
        assertThat(services(Way.LOCAL)).isNotInstanceOf(TestDevServices.class);
    }

    private static DevServices services(String choice) throws ReflectiveOperationException {
        Constructor<?> constructor = new WithoutLibraries()
                .loadClass(TestDevServices.class.getName())
                .getDeclaredConstructor(String.class, Map.class);
        constructor.setAccessible(true);
        return (DevServices) constructor.newInstance(choice, new ConcurrentHashMap<>());
    }

    /** The class path but for the libraries, with classes of its own for this package. */
    private static final class WithoutLibraries extends ClassLoader {

        private static final String OURS = "dev.chassis.testing.";
        private static final String[] HIDDEN = {
            "org.testcontainers.",
            "com.hazelcast.",
            "org.postgresql.",
            "org.mariadb.",
            "org.h2.",
            "com.rabbitmq.",
            "org.apache.qpid.",
            "io.zonky.",
            "redis.embedded."
        };

        WithoutLibraries() {
            super(MissingLibrariesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            for (String hidden : HIDDEN) {
                if (name.startsWith(hidden)) {
                    throw new ClassNotFoundException(name);
                }
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return name.startsWith(OURS) ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
