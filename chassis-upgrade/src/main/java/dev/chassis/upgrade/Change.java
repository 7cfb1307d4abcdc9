package dev.chassis.upgrade;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an upgrade does to one file.
 *
 * @param file its path within the service
 * @param merged what the file is to be: for {@link Kind#CONFLICT} with the marks of git; null where it is not to be, or stays
 */
record Change(Kind kind, Path file, byte @Nullable [] merged) {

    enum Kind {
        /** It is new. */
        ADD("add"),
        /** It was not edited, and is what the newer template has. */
        UPDATE("update"),
        /** It was edited, and both changes fit. */
        MERGE("merge"),
        /** The template has it no more, and it was not edited. */
        DELETE("delete"),
        /** The service has deleted it, and so it stays. */
        GONE("skip, you have deleted"),
        /** The template has it no more, but it was edited: it stays. */
        KEEP("keep, you have edited"),
        /** Both have changed the same lines. */
        CONFLICT("CONFLICT");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    @Override
    public String toString() {
        return kind.word + " " + file;
    }
}
