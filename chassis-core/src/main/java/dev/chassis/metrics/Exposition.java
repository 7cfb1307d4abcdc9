package dev.chassis.metrics;

/**
 * All meters at one moment, as a scraper wants them.
 *
 * @param contentType the format, with its version and charset
 * @param body the text in that format, UTF-8; not to be changed
 */
public record Exposition(String contentType, byte[] body) {}
