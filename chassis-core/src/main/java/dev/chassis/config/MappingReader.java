package dev.chassis.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMapping.NamingStrategy;
import io.smallrye.config.Secret;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a mapping interface into a tree of shapes. What it cannot read is a mistake in the program, not in the configuration. */
final class MappingReader {

    private final Deque<Class<?>> open = new ArrayDeque<>();

    private MappingReader() {}

    /**
     * The tree of a mapping interface.
     *
     * @throws IllegalArgumentException if it is no interface, or a method has a type or an annotation that is not supported
     */
    static Group read(Class<?> mapping) {
        if (!mapping.isInterface()) {
            throw new IllegalArgumentException(mapping.getName() + " (expected: an interface)");
        }
        return new MappingReader().group(mapping, NamingStrategy.KEBAB_CASE);
    }

    private Group group(Class<?> type, NamingStrategy inherited) {
        if (open.contains(type)) {
            throw new IllegalArgumentException(type.getName() + " contains itself (expected: a tree of interfaces)");
        }
        open.push(type);
        ConfigMapping mapping = type.getAnnotation(ConfigMapping.class);
        NamingStrategy naming = mapping == null ? inherited : mapping.namingStrategy();
        List<Group.Member> members = new ArrayList<>();
        for (Method method : methods(type)) {
            members.add(member(method, naming));
        }
        open.pop();
        Description description = type.getAnnotation(Description.class);
        return new Group(type, description == null ? "" : description.value(), List.copyOf(members));
    }

    /** The methods that are keys, in an order that is the same on every run. */
    private static Collection<Method> methods(Class<?> type) {
        Map<String, Method> methods = new TreeMap<>();
        for (Method method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers())) {
                methods.put(method.getName(), method);
            }
        }
        return methods.values();
    }

    private Group.Member member(Method method, NamingStrategy naming) {
        checkAnnotations(method);
        String name = name(method, naming);
        Shape shape = shape(method.getGenericReturnType(), new Place(method, name, naming));
        WithDefault fallback = method.getAnnotation(WithDefault.class);
        if (fallback != null && (shape instanceof Group || shape instanceof MapShape)) {
            throw unsupported(method, "@WithDefault on a group or a map");
        }
        Description description = method.getAnnotation(Description.class);
        return new Group.Member(
                method.getName(),
                name,
                shape,
                fallback == null ? null : fallback.value(),
                description == null ? "" : description.value());
    }

    private static String name(Method method, NamingStrategy naming) {
        if (method.isAnnotationPresent(WithParentName.class)) {
            return "";
        }
        WithName name = method.getAnnotation(WithName.class);
        return name == null ? naming.apply(method.getName()) : name.value();
    }

    private Shape shape(Type type, Place place) {
        if (type instanceof ParameterizedType generic) {
            return generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), place);
        }
        if (!(type instanceof Class<?> plain)) {
            throw unsupported(place.method(), type.getTypeName());
        }
        Class<?> optional = primitiveOf(plain);
        if (optional != null) {
            return new OptionalShape(plain, shape(optional, place));
        }
        ValueType value = ValueTypes.of(plain, place.name());
        if (value != null) {
            return new Scalar(value, bounds(place.method(), value), false);
        }
        if (!plain.isInterface() || plain.getName().startsWith("java.")) {
            throw unsupported(place.method(), plain.getName());
        }
        return group(plain, place.naming());
    }

    private Shape generic(Class<?> raw, Type[] arguments, Place place) {
        if (raw == Optional.class) {
            return new OptionalShape(raw, shape(arguments[0], place));
        }
        if (raw == Secret.class) {
            Scalar content = scalar(arguments[0], place);
            return new Scalar(content.type(), content.bounds(), true);
        }
        if (raw == List.class || raw == Set.class) {
            Shape element = shape(arguments[0], place);
            return raw == List.class && element instanceof Group group
                    ? new GroupListShape(group)
                    : new ListShape(scalar(element, place), raw == Set.class);
        }
        if (raw == Map.class) {
            Place names = new Place(place.method(), "", place.naming());
            return new MapShape(new Scalar(names.type(arguments[0]), Bounds.NONE, false), shape(arguments[1], place));
        }
        throw unsupported(place.method(), raw.getName());
    }

    private Scalar scalar(Type type, Place place) {
        return scalar(shape(type, place), place);
    }

    private static Scalar scalar(Shape shape, Place place) {
        if (shape instanceof Scalar scalar) {
            return scalar;
        }
        throw unsupported(place.method(), "a list, set or secret of something that is no single value");
    }

    private static @Nullable Class<?> primitiveOf(Class<?> type) {
        if (type == OptionalInt.class) {
            return int.class;
        }
        if (type == OptionalLong.class) {
            return long.class;
        }
        return type == OptionalDouble.class ? double.class : null;
    }

    private static Bounds bounds(Method method, ValueType type) {
        try {
            return Bounds.of(method.getAnnotation(Range.class), type);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where(method) + ": " + e.getMessage(), e);
        }
    }

    private static void checkAnnotations(Method method) {
        if (method.getParameterCount() > 0) {
            throw unsupported(method, "a method with parameters");
        }
        for (Annotation annotation : method.getAnnotations()) {
            Class<?> type = annotation.annotationType();
            boolean known = type == WithDefault.class || type == WithName.class || type == WithParentName.class;
            if (!known && type.getPackage() == WithDefault.class.getPackage()) {
                throw unsupported(method, "@" + type.getSimpleName());
            }
        }
    }

    private static String where(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()";
    }

    private static IllegalArgumentException unsupported(Method method, String what) {
        return new IllegalArgumentException(
                where(method) + ": " + what
                        + " (expected: a value, Secret, Optional, List, Set, Map or group, with @WithDefault, @WithName, @WithParentName)");
    }

    /** Where a type stands. */
    private record Place(Method method, String name, NamingStrategy naming) {

        ValueType type(Type type) {
            ValueType value = type instanceof Class<?> plain ? ValueTypes.of(plain, name) : null;
            if (value == null) {
                throw unsupported(method, "a map with keys of " + type.getTypeName());
            }
            return value;
        }
    }
}
