package dev.chassis.config;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The object behind a mapping interface. Immutable. */
final class MappingProxy implements InvocationHandler {

    private final Class<?> type;
    private final Map<String, Object> values;
    private final List<Configuration.Entry> entries;
    private final Findings findings;

    private MappingProxy(
            Class<?> type, Map<String, Object> values, List<Configuration.Entry> entries, Findings findings) {
        this.type = type;
        this.values = values;
        this.entries = entries;
        this.findings = findings;
    }

    /** A proxy that answers with these values by method name, and with the failure where the value is bad. */
    static Object of(Class<?> type, Map<String, Object> values, List<Configuration.Entry> entries, Findings findings) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new MappingProxy(type, values, entries, findings));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (method.isDefault()) {
            return ofDefault(proxy, method, arguments);
        }
        Object value = values.get(method.getName());
        if (value == Reading.BAD) {
            throw findings.failure();
        }
        return value;
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        if (method.getName().equals("toString")) {
            return type.getSimpleName() + shown();
        }
        if (method.getName().equals("hashCode")) {
            return System.identityHashCode(proxy);
        }
        return arguments != null && proxy == arguments[0];
    }

    private String shown() {
        StringBuilder shown = new StringBuilder("[");
        for (Configuration.Entry entry : entries) {
            shown.append(shown.length() == 1 ? "" : ", ")
                    .append(entry.key())
                    .append('=')
                    .append(entry.value());
        }
        return shown.append(']').toString();
    }

    /** By a lookup of the interface itself, because it need not be public. */
    private Object ofDefault(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Class<?> declaring = method.getDeclaringClass();
        return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
                .unreflectSpecial(method, declaring)
                .bindTo(proxy)
                .invokeWithArguments(arguments == null ? new Object[0] : arguments);
    }
}
