/** What the packages of this module need to speak with AWS. Not part of the public API. */
@NullMarked
package dev.chassis.aws.internal;

import org.jspecify.annotations.NullMarked;
