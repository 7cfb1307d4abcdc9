package dev.chassis.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path template: literal segments, {@code {name}} for one segment and, last, {@code {name...}} for the rest. Literals are written
 * decoded. Immutable.
 */
final class Template {

    private static final String REST_MARK = "...";

    private final String text;
    private final List<Segment> segments;

    private Template(String text, List<Segment> segments) {
        this.text = text;
        this.segments = segments;
    }

    /** What a segment matches. */
    enum Kind {
        LITERAL,
        PARAMETER,
        REST
    }

    /** A segment: its literal text or the name of its parameter. */
    record Segment(Kind kind, String text) {}

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it is malformed or names a parameter twice
     */
    static Template parse(String text) {
        if (!text.startsWith("/")) {
            throw bad(text, "to begin with \"/\"");
        }
        String[] parts = text.substring(1).split("/", -1);
        List<Segment> segments = new ArrayList<>(parts.length);
        for (int i = 0; i < parts.length; i++) {
            Segment segment = segment(text, parts[i], i == parts.length - 1);
            checkOnce(text, segment, segments);
            segments.add(segment);
        }
        return new Template(text, List.copyOf(segments));
    }

    List<Segment> segments() {
        return segments;
    }

    /** Whether it has no parameters, so that it matches one path only. */
    boolean isLiteral() {
        return names().isEmpty();
    }

    /** The names of the parameters, in order. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.kind() != Kind.LITERAL) {
                names.add(segment.text());
            }
        }
        return List.copyOf(names);
    }

    /** The values of the parameters in a path that this template matches; null where the rest has an encoded slash. */
    String @Nullable [] values(RequestPath path, int count) {
        String[] values = new String[count];
        int next = 0;
        for (int i = 0; i < segments.size(); i++) {
            Kind kind = segments.get(i).kind();
            if (kind != Kind.LITERAL) {
                String value = kind == Kind.REST ? path.joined(i) : path.segments()[i];
                if (value == null) {
                    return null;
                }
                values[next++] = value;
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return text;
    }

    private static Segment segment(String template, String part, boolean last) {
        if (part.startsWith("{") && part.endsWith("}")) {
            return parameter(template, part.substring(1, part.length() - 1), last);
        }
        checkLiteral(template, part, last);
        return new Segment(Kind.LITERAL, part);
    }

    private static void checkOnce(String template, Segment segment, List<Segment> before) {
        for (Segment other : before) {
            if (segment.kind() != Kind.LITERAL
                    && other.kind() != Kind.LITERAL
                    && other.text().equals(segment.text())) {
                throw bad(template, "every parameter once, but {" + segment.text() + "} is there twice");
            }
        }
    }

    private static Segment parameter(String template, String inner, boolean last) {
        boolean rest = inner.endsWith(REST_MARK);
        String name = rest ? inner.substring(0, inner.length() - REST_MARK.length()) : inner;
        if (!isName(name)) {
            throw bad(template, "a parameter's name of letters, digits, \"_\" and \"-\", not {" + inner + "}");
        }
        if (rest && !last) {
            throw bad(template, "{" + inner + "} to be the last segment");
        }
        return new Segment(rest ? Kind.REST : Kind.PARAMETER, name);
    }

    private static void checkLiteral(String template, String part, boolean last) {
        if (part.isEmpty() && !last) {
            throw bad(template, "no empty segment before the last");
        }
        if (part.equals(".") || part.equals("..")) {
            throw bad(template, "no \".\" or \"..\" segment, which no request matches");
        }
        if (part.startsWith(":") || part.equals("*")) {
            throw bad(template, "parameters as {name} or, last, {name...}, not " + part);
        }
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) <= ' ' || part.charAt(i) == 0x7f || "{}?#%\\".indexOf(part.charAt(i)) >= 0) {
                throw bad(template, "literal segments decoded and without spaces, {}, ?, #, %, \\; not " + part);
            }
        }
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static IllegalArgumentException bad(String template, String expected) {
        return new IllegalArgumentException("template: \"" + template + "\" (expected: " + expected + ")");
    }
}
