package dev.chassis.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Header fields; names are matched without regard to case (RFC 9110, section 5.1). Immutable and thread-safe. */
public interface Headers {

    /** The first value of a header, if there is any. */
    Optional<String> first(String name);

    /** All values of a header, in order of arrival; empty if there is none. */
    List<String> all(String name);

    /** The names present, as they arrived. */
    Set<String> names();
}
