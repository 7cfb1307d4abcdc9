package dev.chassis.metrics;

import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tags that every meter carries, checked. */
final class CommonTags {

    private static final String SERVICE = "service";
    private static final String VERSION = "version";

    private CommonTags() {}

    static List<Tag> of(String service, String version, Map<String, String> more) {
        List<Tag> tags = new ArrayList<>();
        tags.add(Tag.of(SERVICE, service));
        tags.add(Tag.of(VERSION, version));
        more.forEach((key, value) -> tags.add(Tag.of(checked(key), value)));
        return tags;
    }

    private static String checked(String key) {
        boolean reserved = key.equals(SERVICE) || key.equals(VERSION) || key.equals(RouteLimit.TAG);
        if (reserved || key.isEmpty() || isDigit(key.charAt(0)) || !key.chars().allMatch(CommonTags::isNameChar)) {
            throw new IllegalArgumentException("chassis.metrics.tags." + key
                    + ": no name for a tag (expected: letters, digits, '_', '.' and '-', no digit first, and not "
                    + SERVICE + ", " + VERSION + " or " + RouteLimit.TAG + ")");
        }
        return key;
    }

    private static boolean isNameChar(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '.' || c == '-';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
