/** The command that brings a generated service to a newer template. */
@NullMarked
package dev.chassis.upgrade;

import org.jspecify.annotations.NullMarked;
