package dev.chassis.hazelcast;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A service that forgot the dependency. */
class MissingLibraryTest {

    @Test
    void theArtifactToAddIsNamed() {
        assertThatThrownBy(MissingLibraryTest::makePool)
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "HazelcastPool needs the Maven artifact com.hazelcast:hazelcast, which is not on the class path");
    }

    private static Object makePool() throws ReflectiveOperationException {
        ClassLoader without = new WithoutHazelcast();
        Class<?> config = without.loadClass(HazelcastConfig.class.getName());
        Object anything = Proxy.newProxyInstance(without, new Class<?>[] {config}, (proxy, method, arguments) -> {
            throw new AssertionError("nobody asks");
        });
        return without.loadClass(Caller.class.getName())
                .getMethod("make", Object.class)
                .invoke(null, anything);
    }

    /** Calls as a service does, without reflection on the pool. */
    public static final class Caller {

        private Caller() {}

        public static Object make(Object config) {
            return HazelcastPool.of("hazelcast", (HazelcastConfig) config);
        }
    }

    /** The class path but for Hazelcast, with classes of its own for this package. */
    private static final class WithoutHazelcast extends ClassLoader {

        private static final String OURS = "dev.chassis.hazelcast.";

        WithoutHazelcast() {
            super(MissingLibraryTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.hazelcast.")) {
                throw new ClassNotFoundException(name);
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
