package dev.chassis.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that users chose: the keys of a map, the indexes of a list. They are what stands between the key of the map and a key of its
 * content.
 *
 * <p>An environment variable does not say case, dots and dashes; its name is that of another layer if one fits, else in lower case with
 * dots.
 */
final class Names {

    private Names() {}

    /** The names below a key, in order, given the keys of the content: one empty key if the content is a single value. */
    static Set<String> under(List<Layer> layers, String key, List<String> content) {
        Set<String> names = new TreeSet<>();
        for (Layer layer : layers) {
            if (layer.kind() != Layer.Kind.ENVIRONMENT) {
                names.addAll(captured(layer, key + '.', tails(content, ".", false)));
            }
        }
        for (Layer layer : layers) {
            if (layer.kind() == Layer.Kind.ENVIRONMENT) {
                String head = Keys.environmentName(key) + '_';
                addFromEnvironment(captured(layer, head, tails(content, "_", true)), names);
            }
        }
        return names;
    }

    private static void addFromEnvironment(Set<String> found, Set<String> names) {
        Set<String> known = new TreeSet<>();
        for (String name : names) {
            known.add(Keys.environmentName(name));
        }
        for (String name : found) {
            if (!known.contains(name)) {
                names.add(name.toLowerCase(Locale.ROOT).replace('_', '.'));
            }
        }
    }

    /** What follows a name, the longest first, so that {@code main.max.size} is {@code main} if {@code max.size} is a key. */
    private static List<String> tails(List<String> content, String separator, boolean environment) {
        List<String> tails = new ArrayList<>();
        for (String key : content) {
            String tail = environment ? Keys.environmentName(key) : key;
            tails.add(key.isEmpty() ? "" : separator + tail);
        }
        tails.sort(Comparator.comparingInt(String::length).reversed());
        return tails;
    }

    private static Set<String> captured(Layer layer, String head, List<String> tails) {
        Set<String> names = new TreeSet<>();
        for (String key : layer.settings().keySet()) {
            if (key.startsWith(head)) {
                String name = capture(key.substring(head.length()), tails);
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static String capture(String rest, List<String> tails) {
        for (String tail : tails) {
            int star = tail.indexOf('*');
            int end = star >= 0
                    ? rest.indexOf(tail.substring(0, star))
                    : rest.endsWith(tail) ? rest.length() - tail.length() : -1;
            if (end > 0) {
                return rest.substring(0, end);
            }
        }
        return "";
    }
}
