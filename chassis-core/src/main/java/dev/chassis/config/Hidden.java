package dev.chassis.config;

import io.smallrye.config.Secret;

/** A secret that prints as a mask. */
record Hidden<T>(T value) implements Secret<T> {

    @Override
    public T get() {
        return value;
    }

    @Override
    public String toString() {
        return Masking.MASK;
    }
}
