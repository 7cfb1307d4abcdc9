package dev.chassis.config;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** The object behind a mapping interface with problems: whatever is asked of it throws them. */
final class Broken {

    private Broken() {}

    static <T> T mapping(Class<T> type, Findings findings) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return ofObject(type, proxy, method, arguments);
                    }
                    throw new ConfigException(findings.problems());
                }));
    }

    private static Object ofObject(Class<?> type, Object proxy, Method method, Object @Nullable [] arguments) {
        if (method.getName().equals("toString")) {
            return type.getSimpleName() + " with problems";
        }
        if (method.getName().equals("hashCode")) {
            return System.identityHashCode(proxy);
        }
        return arguments != null && proxy == arguments[0];
    }
}
