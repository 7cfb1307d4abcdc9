/** Servers for parts that were given no address, on a developer's machine and in tests. Implemented by chassis-testing. */
@NullMarked
package dev.chassis.devservices;

import org.jspecify.annotations.NullMarked;
