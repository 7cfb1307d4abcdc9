package dev.chassis.config;

import java.util.Locale;

/**
 * How keys are written. The quotes of the last segment do not matter: {@code levels."com.acme"} and {@code levels.com.acme} are the same.
 * The environment variable of a key is the key in upper case, every other character an underscore (MicroProfile Config 3.1, "Environment
 * Variables Mapping Rules").
 */
final class Keys {

    private Keys() {}

    /** The key without the quotes of its last segment. */
    static String unquoted(String key) {
        int open = key.endsWith("\"") ? key.lastIndexOf('"', key.length() - 2) : -1;
        return open < 0 ? key : key.substring(0, open) + key.substring(open + 1, key.length() - 1);
    }

    /** The same in an environment variable: {@code LEVELS__COM_ACME_}. An index ends in an underscore, too: {@code LIST_0_}. */
    static String unquotedVariable(String name) {
        int open = name.lastIndexOf("__");
        int last = name.length() - 1;
        boolean quoted =
                open >= 0 && open < last - 2 && name.endsWith("_") && !Character.isDigit(name.charAt(last - 1));
        return quoted ? name.substring(0, open + 1) + name.substring(open + 2, last) : name;
    }

    /** A {@code *} stays: it stands for a name. */
    static String environmentName(String key) {
        StringBuilder name = new StringBuilder(key.length());
        for (char c : key.toUpperCase(Locale.ROOT).toCharArray()) {
            name.append(c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '*' ? c : '_');
        }
        return name.toString();
    }

    static String join(String prefix, String name) {
        if (prefix.isEmpty() || name.isEmpty()) {
            return prefix + name;
        }
        return prefix + '.' + name;
    }

    /** Whether a key stands below a prefix; everything stands below the empty one. */
    static boolean isUnder(String prefix, String key) {
        return prefix.isEmpty()
                || key.length() > prefix.length() && key.startsWith(prefix) && key.charAt(prefix.length()) == '.';
    }

    static String lastSegment(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }
}
