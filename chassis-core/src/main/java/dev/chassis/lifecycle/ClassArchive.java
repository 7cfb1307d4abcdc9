package dev.chassis.lifecycle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which class archive this JVM really uses. A flag on the command line proves nothing: an archive that does not fit is ignored, and is
 * then slower than none. What is mapped into the process is used.
 */
final class ClassArchive {

    private static final Path MAPS = Path.of("/proc/self/maps");

    private ClassArchive() {}

    /** {@code aot}, {@code cds}, {@code none} (beyond the JDK's own), or {@code unknown} where the system does not tell. */
    static String inUse() {
        try {
            return inUse(Files.readString(MAPS, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return "unknown";
        }
    }

    static String inUse(String maps) {
        boolean cds = false;
        for (String line : maps.split("\n")) {
            if (line.endsWith(".aot")) {
                return "aot";
            }
            // The JDK's own archive lies in its lib/server; only one made for the service counts.
            cds |= line.endsWith(".jsa") && !line.contains("/lib/server/");
        }
        return cds ? "cds" : "none";
    }
}
