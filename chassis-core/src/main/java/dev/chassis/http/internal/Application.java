package dev.chassis.http.internal;

/** What the pipeline serves. Called on event loops; must not block. */
@FunctionalInterface
public interface Application {

    /**
     * Who answers this request. There is always somebody: a path or method that is not known has an endpoint that says so. The same
     * arguments have the same answer, which a connection may remember.
     *
     * @param rawPath the path as sent, still percent-encoded, without query
     */
    Endpoint resolve(String method, String rawPath);
}
