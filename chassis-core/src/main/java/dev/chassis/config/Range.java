package dev.chassis.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The values a number, size or duration may take, both ends included. A value outside is a problem like any other: reported with key,
 * value, origin and this range, never clamped.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Range {

    /** The smallest, written as in a configuration file ({@code 0}, {@code 100ms}); empty for no limit. */
    String min() default "";

    /** The largest, written as in a configuration file; empty for no limit. */
    String max() default "";
}
