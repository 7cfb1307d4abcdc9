/**
 * Configuration: typed interfaces over ordered layers, every problem at once, every value with its origin. Start with {@link
 * dev.chassis.config.Configuration}.
 */
@NullMarked
package dev.chassis.config;

import org.jspecify.annotations.NullMarked;
