package dev.chassis.admin;

/**
 * One configuration value as it may be shown.
 *
 * @param key its key
 * @param value its value, masked where it is secret: it is served as it is
 * @param origin the layer it came from
 */
public record ConfigEntry(String key, String value, String origin) {}
