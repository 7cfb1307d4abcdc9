package dev.chassis.admin;

/**
 * A level that is set for a while.
 *
 * @param level the level until then
 * @param original what it goes back to; empty where it was inherited
 * @param revertAt when it goes back, on the ticker
 */
record LevelOverride(String logger, String level, String original, long revertAt) {}
