package dev.chassis.config;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
                OptionalInt.class,
                PRIORITY,
                text -> text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(intSize(text)));
        builder.withConverter(
                OptionalLong.class,
                PRIORITY,
                text -> text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Sizes.parse(text)));
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

    /** SmallRye asks optional values for what an empty text means: nothing. */
    @SuppressWarnings("NullAway") // MicroProfile Config: a converter returns null for "no value".
    private static <T> void register(SmallRyeConfigBuilder builder, Class<T> type, Converter<T> converter) {
        builder.withConverter(type, PRIORITY, text -> text.isEmpty() ? null : converter.convert(text));
    }
}
