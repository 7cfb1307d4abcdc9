package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The class path of these tests without one library. */
class MissingLibrariesTest {

    private static URLClassLoader without(String library) {
        URL[] urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains(library))
                .map(MissingLibrariesTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }

    @Test
    void aPoolWithoutHikariNamesTheArtifact() throws Exception {
        try (URLClassLoader loader = without("HikariCP")) {
            Class<?> config = loader.loadClass(JdbcConfig.class.getName());
            var of = loader.loadClass(JdbcPool.class.getName()).getMethod("of", String.class, config);
            assertThatThrownBy(() -> of.invoke(null, "orders", null))
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .cause()
                    .hasMessageContaining("add the dependency com.zaxxer:HikariCP");
        }
    }

    @Test
    void aPoolWithoutItsDriverNamesTheArtifact() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = without("/postgresql/")) {
            thread.setContextClassLoader(loader);
            var find = loader.loadClass(Drivers.class.getName())
                    .getDeclaredMethod("find", String.class, java.util.Optional.class);
            find.setAccessible(true);
            assertThatThrownBy(() -> find.invoke(null, "jdbc:postgresql://h/db", java.util.Optional.empty()))
                    .cause()
                    .hasMessageContaining("add the dependency org.postgresql:postgresql");
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
