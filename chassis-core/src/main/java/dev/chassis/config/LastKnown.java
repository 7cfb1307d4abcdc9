package dev.chassis.config;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The file of the values that were read last: plain text, because a key to decrypt it would have to lie beside it, and therefore for its owner
 * alone. It is replaced as a whole, so that a reader finds the old one or the new one. Used by one thread.
 */
final class LastKnown implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final Path draft;

    private LastKnown(Path file, Path draft) {
        this.file = file;
        this.draft = draft;
    }

    /**
     * Looks at the file before it is needed, and makes the one that may replace it.
     *
     * @throws RefusedException if it cannot be written, or others than its owner have to do with it
     */
    static LastKnown open(Path file) throws RefusedException {
        LastKnown opened = new LastKnown(file, draftBeside(file.toAbsolutePath()));
        try {
            opened.requireOwnerAlone();
            return opened;
        } catch (RefusedException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * What is in the file; empty if there is none.
     *
     * @throws RefusedException if it cannot be read
     */
    Optional<KeptValues> kept() throws RefusedException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (var reader = Files.newBufferedReader(file)) {
            return Optional.of(KeptValues.of(new PropertiesReader().read(reader)));
        } catch (IOException | IllegalArgumentException e) { // its message may be a value
            throw new RefusedException("a file that this service has written; delete it");
        }
    }

    /** Replaces what is in the file, once. */
    void keep(KeptValues values) throws IOException {
        Properties properties = new Properties();
        properties.putAll(values.texts());
        StringWriter text = new StringWriter();
        properties.store(text, null);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Leaves nothing but the file. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // Its owner alone can read it, too.
        }
    }

    private static Path draftBeside(Path file) throws RefusedException {
        try {
            return Files.createTempFile(
                    Optional.ofNullable(file.getParent()).orElse(file),
                    "." + file.getFileName(),
                    ".draft",
                    PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        } catch (UnsupportedOperationException e) {
            throw new RefusedException("a file in a file system that knows owners and permissions (POSIX)");
        } catch (IOException e) {
            throw new RefusedException("a file in a directory that is there and can be written to: " + reason(e)
                    + "; where the root file system is read-only, name one on a volume");
        }
    }

    private void requireOwnerAlone() throws RefusedException {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            PosixFileAttributes found = attributes(file);
            String owner = attributes(draft).owner().getName();
            if (!found.isRegularFile()
                    || !found.owner().getName().equals(owner)
                    || !OWNER_ALONE.containsAll(found.permissions())) {
                throw new RefusedException("a file that " + owner + " alone may read and write, rw-------; it is "
                        + PosixFilePermissions.toString(found.permissions()) + " of " + found.owner()
                        + ": others may know the secrets in it, or have written them; change those, and delete it");
            }
        } catch (IOException e) {
            throw new RefusedException("a file that can be looked at: " + reason(e));
        }
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Files name themselves as their message. */
    static String reason(IOException failure) {
        if (failure instanceof FileSystemException of && of.getReason() != null) {
            return of.getReason();
        }
        Map<Class<?>, String> known =
                Map.of(NoSuchFileException.class, "there is none", AccessDeniedException.class, "it is not allowed");
        return known.getOrDefault(failure.getClass(), String.valueOf(failure.getMessage()));
    }

    /** The file cannot be used; the message is what is expected of it instead. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedException(String expected) {
            super(expected);
        }
    }
}
