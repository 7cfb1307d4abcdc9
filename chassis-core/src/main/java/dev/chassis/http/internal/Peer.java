package dev.chassis.http.internal;

/**
 * Who is at the other end of a connection.
 *
 * @param address without port
 * @param scheme of the connection itself
 * @param trustedProxies how many hops may speak for somebody else
 */
record Peer(String address, String scheme, int trustedProxies) {}
