package dev.chassis.config;

import java.util.Locale;

/**
 * How keys are written. Inside, a key has one spelling: {@code levels."com.acme"} and {@code levels.com.acme} are the same, {@code
 * nodes[0].host} is {@code nodes.0.host}. Its environment variable is the key in upper case, every other character an underscore, runs of
 * them one (MicroProfile Config 3.1, "Environment Variables Mapping Rules", plus the last rule, which makes {@code LEVELS__COM_ACME_}
 * and {@code LEVELS_COM_ACME} the same).
 */
final class Keys {

    private Keys() {}

    static String canonical(String key) {
        if (key.indexOf('"') < 0 && key.indexOf('[') < 0) {
            return key;
        }
        StringBuilder plain = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '[') {
                plain.append('.');
            } else if (c != '"' && c != ']') {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    static String environmentName(String key) {
        return collapsed(key.toUpperCase(Locale.ROOT));
    }

    /** Everything but letters and digits an underscore, no two in a row, none at the end. A {@code *} stays: it stands for a name. */
    static String collapsed(String name) {
        StringBuilder collapsed = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isNameChar(c)) {
                collapsed.append(c);
            } else if (collapsed.isEmpty() || collapsed.charAt(collapsed.length() - 1) != '_') {
                collapsed.append('_');
            }
        }
        int length = collapsed.length();
        if (length > 1 && collapsed.charAt(length - 1) == '_') {
            collapsed.setLength(length - 1);
        }
        return collapsed.toString();
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

    private static boolean isNameChar(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '*';
    }
}
