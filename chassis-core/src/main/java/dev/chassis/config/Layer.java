package dev.chassis.config;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.common.MapBackedConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * One place that settings come from. Immutable.
 *
 * @param label how an origin names it
 * @param texts what it says, by names as they are written there
 */
record Layer(Kind kind, String label, Map<String, String> texts) {

    Layer {
        texts = Map.copyOf(texts);
    }

    /**
     * A new source for SmallRye: the one of the environment learns the names of keys, so it serves one configuration only.
     *
     * @param variables the keys of variables that could not be told from their characters
     */
    ConfigSource source(int ordinal, Map<String, String> variables) {
        Map<String, String> settings = new HashMap<>();
        texts.forEach((name, text) -> settings.put(variables.getOrDefault(name, kind.spelt(name)), kind.escaped(text)));
        // With this key a source may say where it stands among the others. The order of our layers is a promise.
        settings.keySet().removeIf(ConfigSource.CONFIG_ORDINAL::equalsIgnoreCase);
        return kind == Kind.ENVIRONMENT
                ? new EnvConfigSource(settings, ordinal)
                : new MapBackedConfigSource(label, settings, ordinal) {
                    private static final long serialVersionUID = 1L;
                };
    }

    /** The names in it, sorted, so that what is reported has the same order on every run. */
    SortedSet<String> names() {
        return new TreeSet<>(texts.keySet());
    }

    /** Whether it sets anything below a key. */
    boolean hasUnder(String key) {
        String head = kind == Kind.ENVIRONMENT ? Keys.environmentName(key) + '_' : key + '.';
        return texts.keySet().stream().anyMatch(name -> name.startsWith(head));
    }

    /** A text that is no secret unless its layer is full of them. */
    String shown(String name) {
        return kind == Kind.PARAMETERS ? Masking.MASK : Masking.shown(texts.getOrDefault(name, ""));
    }

    /** Whether it sets the same key as this name of a lower layer; an empty value does, too. */
    boolean hides(Kind lower, String name) {
        if (kind == Kind.ENVIRONMENT || lower == Kind.ENVIRONMENT) {
            String variable = Keys.environmentName(name);
            return texts.keySet().stream()
                    .anyMatch(other -> Keys.environmentName(other).equals(variable));
        }
        return texts.containsKey(name);
    }

    /** Where a name in it comes from; the name of a variable needs no more. */
    String place() {
        return kind == Kind.ENVIRONMENT ? "the environment" : label;
    }

    enum Kind {
        COMMAND_LINE,
        SYSTEM_PROPERTIES,
        ENVIRONMENT,
        PARAMETERS,
        FILE;

        /** The quotes of a last segment, which matter to nobody, are dropped: a key has the same name in every layer. */
        private String spelt(String name) {
            return this == ENVIRONMENT ? Keys.unquotedVariable(name) : Keys.unquoted(name);
        }

        /**
         * What variables and parameters say is literal: it comes from a secrets store or a deployment tool, which has done its own
         * expansion, and a generated password may well contain <code>${</code>. A variable that is nothing but the name of a parameter is
         * none of that.
         */
        private String escaped(String text) {
            boolean literal = this == PARAMETERS || this == ENVIRONMENT && !ParameterText.isOne(text);
            return literal && text.indexOf('$') >= 0 ? text.replace("$", "\\$") : text;
        }

        /** What names parameters in a text of such a layer, as it is written between the braces. */
        List<String> parameters(String text) {
            return this == PARAMETERS || this == ENVIRONMENT && !ParameterText.isOne(text)
                    ? List.of()
                    : ParameterText.in(text);
        }
    }
}
