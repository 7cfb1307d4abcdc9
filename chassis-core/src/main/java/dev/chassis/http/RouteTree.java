package dev.chassis.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who serves a path, for one method: a tree of segments. In every segment a literal wins over a parameter and a parameter over the rest;
 * where the better branch ends in nothing the next one is tried. Every node is tried at most once for a path, so a hostile path costs no
 * more than the tree is large.
 *
 * <p>Filled by one thread, then only read.
 */
final class RouteTree<T> {

    private final Map<String, RouteTree<T>> literals = new HashMap<>();
    private @Nullable RouteTree<T> parameter;
    private @Nullable T here;
    private @Nullable T rest;

    /** Puts a value under a template, unless another is there that matches the same paths: then that one is returned. */
    @Nullable
    T putIfAbsent(Template template, T value) {
        RouteTree<T> node = this;
        List<Template.Segment> segments = template.segments();
        for (Template.Segment segment : segments) {
            if (segment.kind() == Template.Kind.REST) {
                T before = node.rest;
                node.rest = before == null ? value : before;
                return before;
            }
            node = node.child(segment);
        }
        T before = node.here;
        node.here = before == null ? value : before;
        return before;
    }

    /** The value of the best template for a path, or null. */
    @Nullable
    T find(String[] segments) {
        return find(segments, 0);
    }

    private @Nullable T find(String[] segments, int at) {
        if (at == segments.length) {
            return here;
        }
        String segment = segments[at];
        RouteTree<T> literal = literals.get(segment);
        T found = literal == null ? null : literal.find(segments, at + 1);
        if (found == null && parameter != null && !segment.isEmpty()) {
            found = parameter.find(segments, at + 1);
        }
        return found == null ? rest : found;
    }

    private RouteTree<T> child(Template.Segment segment) {
        if (segment.kind() == Template.Kind.LITERAL) {
            return literals.computeIfAbsent(segment.text(), text -> new RouteTree<>());
        }
        RouteTree<T> known = parameter;
        RouteTree<T> child = known == null ? new RouteTree<>() : known;
        parameter = child;
        return child;
    }
}
