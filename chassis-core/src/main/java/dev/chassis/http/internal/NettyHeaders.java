package dev.chassis.http.internal;

import dev.chassis.http.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Netty's header fields, read-only. Nobody changes them once a request has been handed over. */
record NettyHeaders(HttpHeaders fields) implements Headers {

    @Override
    public Optional<String> first(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    @Override
    public List<String> all(String name) {
        return Collections.unmodifiableList(fields.getAll(name));
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(fields.names());
    }
}
