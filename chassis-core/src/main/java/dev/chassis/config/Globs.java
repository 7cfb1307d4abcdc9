package dev.chassis.config;

/** Patterns in which a {@code *} stands for one or more characters. */
final class Globs {

    private Globs() {}

    static boolean matches(String pattern, String text) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(text);
        }
        if (!text.startsWith(pattern.substring(0, star))) {
            return false;
        }
        String rest = pattern.substring(star + 1);
        for (int end = star + 1; end <= text.length(); end++) {
            if (matches(rest, text.substring(end))) {
                return true;
            }
        }
        return false;
    }
}
