package dev.chassis.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ExpressionConfigSourceInterceptor;
import io.smallrye.config.Priorities;
import java.util.OptionalInt;

/** Makes SmallRye's expansion of expressions. Its priority is said here; SmallRye would read it from an annotation, by way of a proxy class. */
final class Expansion implements ConfigSourceInterceptorFactory {

    private static final int ABOVE_THE_WATCH = Priorities.LIBRARY + 300;

    @Override
    public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
        return new ExpressionConfigSourceInterceptor();
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ABOVE_THE_WATCH);
    }
}
