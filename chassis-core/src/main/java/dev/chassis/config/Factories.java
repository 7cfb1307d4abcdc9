package dev.chassis.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Types that can make themselves from text: by a public static {@code of(String)}, {@code valueOf(String)} or {@code
 * parse(CharSequence)}, else a public constructor with a string (MicroProfile Config 3.1, "Automatic Converters", in this order).
 */
final class Factories {

    private Factories() {}

    static ValueType.@Nullable Parser of(Class<?> type) {
        Method factory = method(type, "of", String.class);
        if (factory == null) {
            factory = method(type, "valueOf", String.class);
        }
        if (factory == null) {
            factory = method(type, "parse", CharSequence.class);
        }
        if (factory == null) {
            return constructor(type);
        }
        Method found = factory;
        return text -> invoke(found, text.strip());
    }

    private static @Nullable Method method(Class<?> type, String name, Class<?> parameter) {
        try {
            Method method = type.getMethod(name, parameter);
            boolean makes = Modifier.isStatic(method.getModifiers()) && type.isAssignableFrom(method.getReturnType());
            return makes && method.trySetAccessible() ? method : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static ValueType.@Nullable Parser constructor(Class<?> type) {
        try {
            Constructor<?> constructor = type.getConstructor(String.class);
            return constructor.trySetAccessible() ? text -> constructor.newInstance(text.strip()) : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static Object invoke(Method factory, String text) throws Exception {
        Object made = factory.invoke(null, text);
        if (made == null) {
            throw new IllegalArgumentException();
        }
        return made;
    }
}
