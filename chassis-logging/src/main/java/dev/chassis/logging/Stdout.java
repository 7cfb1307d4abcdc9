package dev.chassis.logging;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard output, as a stream of bytes and as a place where somebody may be looking. */
final class Stdout {

    private static final Path LINUX_STDOUT = Path.of("/proc/self/fd/1");

    private Stdout() {}

    /**
     * The file descriptor itself, past the locks and the charset of {@link System#out}; or {@code System.out} where a test runner or a
     * container has put a stream of its own in its place, because it needs to see what is written.
     */
    static OutputStream open() {
        PrintStream out = System.out;
        return out.getClass() == PrintStream.class ? new FileOutputStream(FileDescriptor.out) : out;
    }

    /** Whether it is a terminal. {@code System.console()} would load a line editor on some JDKs, and asks for standard input, too. */
    static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(LINUX_STDOUT).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null; // not Linux: a developer's machine
        }
    }
}
