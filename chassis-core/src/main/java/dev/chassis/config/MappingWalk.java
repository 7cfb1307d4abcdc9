package dev.chassis.config;

import io.smallrye.config.ConfigMappingInterface;
import io.smallrye.config.ConfigMappingInterface.LeafProperty;
import io.smallrye.config.ConfigMappingInterface.MapProperty;
import io.smallrye.config.ConfigMappingInterface.Property;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lists the keys of a mapping interface. What it cannot read is a mistake in the program, not in the configuration. */
final class MappingWalk {

    private final Names names;
    private final List<KeySpec> keys = new ArrayList<>();

    private MappingWalk(Names names) {
        this.names = names;
    }

    /**
     * The keys of a mapping interface under a prefix.
     *
     * @throws IllegalArgumentException if it is no interface, or a method has a type or an annotation that is not supported
     */
    static List<KeySpec> keys(Class<?> type, String prefix, Names names) {
        KeyTable table = KeyTable.of(type);
        return table == null ? walked(type, prefix, names) : table.under(prefix, names);
    }

    /** The same from the interface itself, whatever was written down. */
    static List<KeySpec> walked(Class<?> type, String prefix, Names names) {
        MappingWalk walk = new MappingWalk(names);
        walk.group(metadata(type), new Place(prefix, "", UnaryOperator.identity(), true));
        return walk.keys;
    }

    private static ConfigMappingInterface metadata(Class<?> type) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + " (expected: an interface)");
        }
        try {
            return ConfigMappingInterface.getConfigurationInterface(type);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IllegalArgumentException(type.getName() + ": " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException(type.getName() + " contains itself (expected: a tree of interfaces)", e);
        }
    }

    private void group(ConfigMappingInterface group, Place place) {
        if (!isReal()) {
            rejectToString(group.getInterfaceType());
        }
        boolean own = group.hasConfigMapping() || place.isRoot();
        UnaryOperator<String> naming = own
                ? name -> group.getNamingStrategy()
                        .apply(group.getBeanStyleGetters().apply(name))
                : place.naming();
        for (Property property : group.getProperties()) {
            String name = property.isParentPropertyName() ? "" : property.getPropertyName(naming);
            property(property, new Place(Keys.join(place.key(), name), name, naming, place.required()));
        }
    }

    private void property(Property property, Place place) {
        if (property.isOptional()) {
            optional(property.asOptional().getNestedProperty(), place.optional());
        } else if (property.isMap()) {
            map(property.asMap(), place);
        } else if (property.isCollection()) {
            collection(property.asCollection().getElement(), place);
        } else if (property.isGroup()) {
            group(property.asGroup().getGroupType(), place);
        } else {
            value(property, place, false);
        }
    }

    private void optional(Property nested, Place place) {
        if (!nested.isGroup() || names.isThere(all(nested, place))) {
            property(nested, nested.isGroup() && isReal() ? place.needed() : place);
        }
    }

    /** Whether keys are listed that are there, rather than all that may be. */
    private boolean isReal() {
        return names != Names.ANY;
    }

    private static Collection<KeySpec> all(Property property, Place place) {
        MappingWalk walk = new MappingWalk(Names.ANY);
        walk.property(property, place);
        return walk.keys;
    }

    private void map(MapProperty map, Place place) {
        if (map.hasDefaultValue() || map.hasKeyUnnamed() || map.hasKeyProvider() || map.hasKeyConvertWith()) {
            throw unsupported(map.getMethod(), "a map with @WithDefault, @WithKeys or @WithUnnamedKey");
        }
        for (String key : names.entries(place.key(), map).values()) {
            property(
                    map.getValueProperty(),
                    isReal() ? place.at(key) : place.at(key).optional());
        }
    }

    private void collection(Property element, Place place) {
        if (element.isLeaf()) {
            value(element, place, true);
            return;
        }
        for (String key : names.elements(place.key())) {
            property(element, place.at(key));
        }
    }

    private void value(Property property, Place place, boolean list) {
        Method method = property.getMethod();
        if (property.hasConvertWith() || property.isDefaultMethod()) {
            throw unsupported(method, "@WithConverter");
        }
        Class<?> raw = property.isPrimitive()
                ? property.asPrimitive().getPrimitiveType()
                : property.asLeaf().getValueRawType();
        Class<?> optional = primitiveOf(raw);
        ValueType type = ValueType.of(optional == null ? raw : optional, place.name());
        Description description = method.getAnnotation(Description.class);
        keys.add(new KeySpec(
                place.key(),
                type,
                list,
                bounds(method, type),
                property.hasDefaultValue() ? property.getDefaultValue() : null,
                place.required() && optional == null,
                description == null ? "" : description.value(),
                property instanceof LeafProperty leaf && leaf.isSecret()));
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

    /** SmallRye's would print secrets. */
    private static void rejectToString(Class<?> type) {
        for (Method method : type.getMethods()) {
            if (method.getName().equals("toString") && Modifier.isAbstract(method.getModifiers())) {
                throw unsupported(method, "toString, which prints secrets");
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

    /**
     * A place in the tree of keys.
     *
     * @param name the last part of the key, by the name of the method
     * @param required whether it is a problem if nothing is set
     */
    private record Place(String key, String name, UnaryOperator<String> naming, boolean required) {

        boolean isRoot() {
            return naming.equals(UnaryOperator.<String>identity());
        }

        Place optional() {
            return new Place(key, name, naming, false);
        }

        Place needed() {
            return new Place(key, name, naming, true);
        }

        Place at(String element) {
            return new Place(element, name, naming, true);
        }
    }
}
