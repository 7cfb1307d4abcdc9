package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.devservices.DevServices;
import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dev services of a service that has only the libraries it uses. */
class WithoutLibrariesTest {

    @ParameterizedTest
    @CsvSource({
        DevServices.POSTGRESQL + ", docker: org.testcontainers:testcontainers is not on the class path",
        DevServices.MARIADB + ", docker: org.testcontainers:testcontainers is not on the class path",
        DevServices.REDIS + ", docker: org.testcontainers:testcontainers is not on the class path",
        DevServices.RABBITMQ + ", docker: org.testcontainers:testcontainers is not on the class path",
        DevServices.HAZELCAST + ", in this JVM: com.hazelcast:hazelcast is not on the class path"
    })
    void aLibraryThatIsMissingIsAReasonToTryTheNextWay(String kind, String reason) throws Exception {
        try (URLClassLoader few = new URLClassLoader(bare(), ClassLoader.getPlatformClassLoader())) {
            Object services = onlyDocker(few.loadClass(TestDevServices.class.getName()));

            assertThatThrownBy(() -> ask(services, kind))
                    .hasMessage("no " + kind + " for development. Tried " + reason
                            + ". Start one, or configure the address of one");
        }
    }

    private static Object onlyDocker(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor(String.class, Map.class);
        constructor.setAccessible(true);
        return constructor.newInstance(Way.DOCKER, new ConcurrentHashMap<>());
    }

    private static void ask(Object services, String kind) throws Throwable {
        try {
            services.getClass().getMethod("server", String.class).invoke(services, kind);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static URL[] bare() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("testcontainers") && !entry.contains("hazelcast")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
