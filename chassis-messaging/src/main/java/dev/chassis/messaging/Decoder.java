package dev.chassis.messaging;

/** Makes a value of a body. Thread-safe. */
@FunctionalInterface
interface Decoder<T> {

    /**
     * The value.
     *
     * @throws UndecodableException if these bytes will never be one
     */
    T decode(byte[] body) throws UndecodableException;

    /** The bytes as they are. */
    static Decoder<byte[]> bytes() {
        return body -> body;
    }
}
