package dev.chassis.config;

import java.util.function.Function;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * A converter of our own. A class and no lambda: converters are serializable, and the JVM keeps serializable lambdas in no AOT cache, so
 * each would be made anew at every start.
 *
 * @param reading what reads a text that is not empty
 */
record TextReader<T>(Function<String, T> reading) implements Converter<T> {

    private static final long serialVersionUID = 1L;

    /** SmallRye asks optional values for what an empty text means: nothing. */
    @Override
    @SuppressWarnings("NullAway") // MicroProfile Config: a converter returns null for "no value".
    public @Nullable T convert(String text) {
        return text.isEmpty() ? null : reading.apply(text);
    }
}
