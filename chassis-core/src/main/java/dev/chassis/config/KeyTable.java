package dev.chassis.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface.MapProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a mapping interface as they were written down at build time, beside its class. To read them from annotations at every start
 * costs a proxy class for each kind of annotation, more than all the rest of the configuration.
 *
 * @param prefix the prefix of its {@code @ConfigMapping}
 * @param description what its {@code @Description} says
 * @param keys its keys, without the prefix
 */
record KeyTable(String prefix, String description, List<KeySpec> keys) {

    private static final String SEPARATOR = "\t";

    /** What is beside a class never changes. */
    private static final ClassValue<Optional<KeyTable>> WRITTEN = new ClassValue<>() {
        @Override
        protected Optional<KeyTable> computeValue(Class<?> type) {
            return Optional.ofNullable(find(type));
        }
    };

    /** The table of an interface; null if none was written, because its build does not or because its keys depend on what is set. */
    static @Nullable KeyTable of(Class<?> type) {
        return WRITTEN.get(type).orElse(null);
    }

    /**
     * The table as the interface itself says it.
     *
     * @return null if its keys depend on what is set: those of a map of groups, of a list of groups, or of an optional group
     */
    static @Nullable KeyTable made(Class<?> type) {
        OpenNames names = new OpenNames();
        List<KeySpec> keys = new ArrayList<>();
        for (KeySpec key : MappingWalk.walked(type, "", names)) {
            keys.add(key.isPattern() ? key.required(false) : key); // no entry of a map has to be there
        }
        return names.asked ? null : new KeyTable(annotated(type).prefix(), described(type), keys);
    }

    /**
     * The prefix of an interface.
     *
     * @throws IllegalArgumentException if it has no {@code @ConfigMapping}
     */
    static String prefix(Class<?> type) {
        KeyTable table = of(type);
        return table == null ? annotated(type).prefix() : table.prefix();
    }

    /** The description of an interface, empty if it has none. */
    static String description(Class<?> type) {
        KeyTable table = of(type);
        return table == null ? described(type) : table.description();
    }

    private static ConfigMapping annotated(Class<?> type) {
        ConfigMapping annotation = type.getAnnotation(ConfigMapping.class);
        if (annotation == null) {
            throw new IllegalArgumentException(type.getName() + " has no prefix (expected: @ConfigMapping)");
        }
        return annotation;
    }

    private static String described(Class<?> type) {
        Description description = type.getAnnotation(Description.class);
        return description == null ? "" : description.value();
    }

    /** By a class and no resource: classes are in AOT caches, and opening a resource of a jar takes longer than all the rest. */
    private static @Nullable KeyTable find(Class<?> type) {
        try {
            Class<?> written = Class.forName(className(type), true, type.getClassLoader());
            return parse(
                    type, String.valueOf(((Supplier<?>) written.getConstructor().newInstance()).get()));
        } catch (ClassNotFoundException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(className(type) + " (expected: as the build wrote it)", e);
        }
    }

    /** The name of the class that the build writes: a public one whose only job is to give the text. */
    static String className(Class<?> type) {
        return type.getName() + "$$Keys";
    }

    /** The keys under a prefix, with these names where it leaves them open. */
    List<KeySpec> under(String actual, Names names) {
        List<KeySpec> moved = new ArrayList<>(keys.size());
        for (KeySpec key : keys) {
            KeySpec there = key.at(Keys.join(actual, key.key()));
            if (names != Names.ANY && there.isPattern()) {
                names.values(there.key())
                        .forEach(name -> moved.add(there.at(name).required(true)));
            } else {
                moved.add(there);
            }
        }
        return moved;
    }

    /** As text: a line with prefix and description, and one for each key. */
    String text() {
        StringBuilder text = new StringBuilder(prefix + SEPARATOR + description + '\n');
        for (KeySpec key : keys) {
            text.append(KeyLine.of(key).text()).append('\n');
        }
        return text.toString();
    }

    private static KeyTable parse(Class<?> type, String text) {
        List<KeySpec> keys = new ArrayList<>();
        int end = text.indexOf('\n');
        String head = text.substring(0, end);
        for (int from = end + 1; from < text.length(); from = end + 1) {
            end = text.indexOf('\n', from);
            keys.add(KeyLine.parse(text.substring(from, end)).spec(type.getClassLoader()));
        }
        int tab = head.indexOf(SEPARATOR);
        return new KeyTable(head.substring(0, tab), head.substring(tab + 1), keys);
    }

    /** Notices whether anything about the keys is open. */
    private static final class OpenNames implements Names {

        private boolean asked;

        @Override
        public Map<String, String> entries(String key, MapProperty map) {
            asked |= map.getKeyRawType() != String.class
                    || !map.getValueProperty().isLeaf();
            return ANY.entries(key, map);
        }

        @Override
        public Collection<String> elements(String key) {
            asked = true;
            return ANY.elements(key);
        }

        @Override
        public boolean isThere(Collection<KeySpec> group) {
            asked = true;
            return true;
        }

        @Override
        public Collection<String> values(String pattern) {
            return ANY.values(pattern);
        }
    }
}
