package dev.chassis.http;

import org.jspecify.annotations.Nullable;

/**
 * A request path taken apart: decoded segments, the last of them empty where the path ends with a slash. A slash that was encoded stays
 * inside its segment.
 *
 * <p>A path with a {@code .} or {@code ..} segment, however encoded, or with an empty one in the middle is not resolved or repaired: no
 * template matches it.
 *
 * @param segments what to match, empty unless {@code ROUTABLE}; not to be changed
 */
record RequestPath(Kind kind, String[] segments) {

    private static final RequestPath UNROUTABLE = new RequestPath(Kind.UNROUTABLE, new String[0]);
    private static final RequestPath MALFORMED = new RequestPath(Kind.MALFORMED, new String[0]);

    enum Kind {
        /** A template may match it. */
        ROUTABLE,
        /** No template matches it. */
        UNROUTABLE,
        /** It cannot be decoded. */
        MALFORMED
    }

    static RequestPath parse(String raw) {
        if (!raw.startsWith("/")) {
            return UNROUTABLE;
        }
        String[] segments = new String[count(raw)];
        boolean routable = true;
        int from = 1;
        for (int i = 0; i < segments.length; i++) {
            int slash = raw.indexOf('/', from);
            int to = slash < 0 ? raw.length() : slash;
            String segment = PercentDecoder.path(raw, from, to);
            if (segment == null) {
                return MALFORMED;
            }
            routable &= isRoutable(segment, i == segments.length - 1);
            segments[i] = segment;
            from = to + 1;
        }
        return routable ? new RequestPath(Kind.ROUTABLE, segments) : UNROUTABLE;
    }

    /** The segments from an index on, joined; null where one has a slash of its own, which could not be told apart any more. */
    @Nullable
    String joined(int from) {
        StringBuilder joined = new StringBuilder();
        for (int i = from; i < segments.length; i++) {
            if (segments[i].indexOf('/') >= 0) {
                return null;
            }
            joined.append(i > from ? "/" : "").append(segments[i]);
        }
        return joined.toString();
    }

    private static boolean isRoutable(String segment, boolean last) {
        return segment.isEmpty() ? last : !segment.equals(".") && !segment.equals("..");
    }

    private static int count(String raw) {
        int slashes = 0;
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '/') {
                slashes++;
            }
        }
        return slashes;
    }
}
