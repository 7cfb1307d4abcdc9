/**
 * The way in: {@link dev.chassis.Chassis} runs a service, {@link dev.chassis.Service} is where its parts are listed.
 */
@NullMarked
package dev.chassis;

import org.jspecify.annotations.NullMarked;
