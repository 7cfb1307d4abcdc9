package dev.chassis;

/** The version in the manifest of the jar a class came from. */
final class Version {

    private static final String UNKNOWN = "dev";

    private Version() {}

    /** The version of the jar that holds this object's class; {@code dev} where there is none, as in an IDE. */
    static String of(Object object) {
        Package home = object.getClass().getPackage();
        String version = home == null ? null : home.getImplementationVersion();
        return version == null ? UNKNOWN : version;
    }
}
