package dev.chassis.config;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.eclipse.microprofile.config.spi.Converter;

/** How text becomes a value where the chassis is stricter, or reads more, than SmallRye. */
final class Texts {

    /** Above the priority of every converter of SmallRye. */
    private static final int PRIORITY = 1000;

    private Texts() {}

    static void register(SmallRyeConfigBuilder builder) {
        register(builder, Duration.class, Durations::parse);
        register(builder, Boolean.class, Texts::truth);
        register(builder, Double.class, Texts::number);
        register(builder, Long.class, Sizes::parse);
        register(builder, Integer.class, Texts::intSize);
        builder.withConverter(
                OptionalInt.class, PRIORITY, new OptionalReader<>(Texts::optionalInt, OptionalInt.empty()));
        builder.withConverter(
                OptionalLong.class, PRIORITY, new OptionalReader<>(Texts::optionalLong, OptionalLong.empty()));
    }

    static int intSize(String text) {
        return Math.toIntExact(Sizes.parse(text));
    }

    static boolean truth(String text) {
        String word = text.strip();
        if (!word.equalsIgnoreCase("true") && !word.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException();
        }
        return word.equalsIgnoreCase("true");
    }

    static double number(String text) {
        double number = Double.parseDouble(text);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static OptionalInt optionalInt(String text) {
        return OptionalInt.of(intSize(text));
    }

    private static OptionalLong optionalLong(String text) {
        return OptionalLong.of(Sizes.parse(text));
    }

    private static <T> void register(SmallRyeConfigBuilder builder, Class<T> type, Function<String, T> reading) {
        builder.withConverter(type, PRIORITY, new TextReader<>(reading));
    }

    /** Like {@link TextReader}, for types that have a value for nothing. */
    private record OptionalReader<T>(Function<String, T> reading, T nothing) implements Converter<T> {

        private static final long serialVersionUID = 1L;

        @Override
        public T convert(String text) {
            return text.isEmpty() ? nothing : reading.apply(text);
        }
    }
}
