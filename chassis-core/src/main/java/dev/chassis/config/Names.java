package dev.chassis.config;

import io.smallrye.config.ConfigMappingInterface.MapProperty;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What stands where a mapping leaves the names of keys open. */
interface Names {

    /** Any name: everything that may be set. */
    Names ANY = new Names() {

        @Override
        public Map<String, String> entries(String key, MapProperty map) {
            return Map.of("*", Keys.join(key, "*"));
        }

        @Override
        public Collection<String> values(String pattern) {
            return List.of(pattern);
        }

        @Override
        public Collection<String> elements(String key) {
            return List.of(key + "[*]");
        }

        @Override
        public boolean isThere(Collection<KeySpec> group) {
            return true;
        }
    };

    /** The keys of the entries of a map, by the names of the entries. */
    Map<String, String> entries(String key, MapProperty map);

    /** The keys of the entries of a map of plain values, given the pattern that ends in {@code .*}. */
    Collection<String> values(String pattern);

    /** The keys of the elements of a list. */
    Collection<String> elements(String key);

    /** Whether anything of an optional group is set, given the patterns of its keys. */
    boolean isThere(Collection<KeySpec> group);
}
