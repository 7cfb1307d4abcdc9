package dev.chassis.config;

/**
 * A value as one layer has it.
 *
 * @param layer where it stands
 * @param name its name as written there
 * @param value the text, expressions not expanded
 */
record Setting(Layer layer, String name, String value) {

    String origin() {
        return layer.origin(name);
    }
}
