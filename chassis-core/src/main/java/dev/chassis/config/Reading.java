package dev.chassis.config;

import io.smallrye.config.ConfigMappingInterface.MapProperty;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.NameIterator;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.common.utils.StringUtil;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * One reading of a mapping. Every value is looked at before SmallRye makes the object, because SmallRye would stop at the first bad one of
 * a mapping and say neither where it came from nor what is allowed. Used by one thread.
 */
final class Reading implements Names {

    private final Lookup lookup;
    private final SmallRyeConfig config;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Configuration.Entry> entries = new ArrayList<>();

    Reading(Lookup lookup) {
        this.lookup = lookup;
        this.config = lookup.config();
    }

    void read(Class<?> type, String prefix) {
        for (KeySpec spec : MappingWalk.keys(type, prefix, this)) {
            Collection<String> indexed = spec.list() ? config.getIndexedProperties(spec.key()) : List.of();
            for (String key : indexed) {
                check(spec, key, false);
            }
            if (indexed.isEmpty() || config.isPropertyPresent(spec.key())) {
                check(spec, spec.key(), spec.list());
            }
        }
    }

    List<Problem> problems() {
        return problems;
    }

    List<Configuration.Entry> entries() {
        return entries;
    }

    private void check(KeySpec spec, String key, boolean list) {
        Converter<?> reader = spec.type().reader(config);
        Value value = lookup.value(key);
        entries.add(value.entry());
        if (value.failure() != null) {
            problems.add(value.problem(value.failure()));
        } else if (!value.isEmpty()) {
            if (!isGood(spec.bounds(), reader, list ? StringUtil.split(value.text()) : new String[] {value.text()})) {
                problems.add(value.problem(spec.expected()));
            }
        } else if (spec.required()) {
            problems.add(missing(spec, value));
        }
    }

    private static boolean isGood(Bounds bounds, Converter<?> reader, String... texts) {
        for (String text : texts) {
            Object value = ValueType.read(reader, text);
            if (value == null || !bounds.contains(value)) {
                return false;
            }
        }
        return texts.length > 0;
    }

    private static Problem missing(KeySpec spec, Value value) {
        String remedy = value.origin().isEmpty()
                ? "; environment variable " + Keys.environmentName(value.key())
                : ", not an empty value";
        return value.problem(spec.expected() + remedy);
    }

    @Override
    public Map<String, String> entries(String key, MapProperty map) {
        Map<String, String> entries = new TreeMap<>();
        Property content = map.getValueProperty();
        if (content.isLeaf()) {
            entries.putAll(config.getMapKeys(key));
        } else if (content.isCollection() && content.asCollection().getElement().isLeaf()) {
            entries.putAll(config.getMapIndexedKeys(key));
        } else {
            addSegments(key, entries);
        }
        ValueType type = ValueType.of(map.getKeyRawType(), "");
        Converter<?> reader = type.reader(config);
        entries.forEach((name, entry) -> {
            if (ValueType.read(reader, name) == null) {
                problems.add(new Problem(entry, "", "its name", type.expected()));
            }
        });
        return entries;
    }

    @Override
    public Collection<String> values(String pattern) {
        String map = pattern.substring(0, pattern.length() - ".*".length());
        return new TreeMap<>(config.getMapKeys(map)).values();
    }

    /** The names of groups are one segment each; those with dots are in quotes. */
    private void addSegments(String key, Map<String, String> entries) {
        for (String name : config.getPropertyNames()) {
            if (Keys.isUnder(key, name)) {
                NameIterator segments = key.isEmpty() ? new NameIterator(name) : new NameIterator(name, key.length());
                segments.next();
                String segment = name.substring(0, segments.getPosition());
                entries.put(StringUtil.unindexed(segments.getPreviousSegment()), StringUtil.unindexed(segment));
            }
        }
    }

    @Override
    public Collection<String> elements(String key) {
        List<String> elements = new ArrayList<>();
        for (int index : config.getIndexedPropertiesIndexes(key)) {
            elements.add(key + "[" + index + "]");
        }
        return elements;
    }

    @Override
    public boolean isThere(Collection<KeySpec> group) {
        for (String name : config.getPropertyNames()) {
            for (KeySpec spec : group) {
                if (Globs.matches(spec.key(), name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
