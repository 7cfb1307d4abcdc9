package dev.chassis.websocket;

/** What an endpoint takes; the other kind closes with 1003 (RFC 6455, section 7.4.1). */
enum Kind {
    TEXT,
    BINARY,
    ANY
}
