package dev.chassis.config;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads one properties file and notices keys that stand in it twice, of which the first would be lost without a word. */
final class PropertiesReader {

    private final List<String> repeated = new ArrayList<>();

    /** The settings of a file. */
    Map<String, String> read(Reader reader) throws IOException {
        Noticing properties = new Noticing(repeated);
        properties.load(reader);
        Map<String, String> texts = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            texts.put(name, properties.getProperty(name, ""));
        }
        return texts;
    }

    /** The keys that stood in it more than once. */
    List<String> repeated() {
        return repeated;
    }

    private static final class Noticing extends Properties {

        private static final long serialVersionUID = 1L;

        private final transient List<String> repeated;

        Noticing(List<String> repeated) {
            this.repeated = repeated;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                repeated.add(key.toString());
            }
            return super.put(key, value);
        }
    }
}
