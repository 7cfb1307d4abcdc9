package dev.chassis.upgrade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A command that has ended.
 *
 * @param status its exit code
 * @param output what it has written, as bytes: a file may be in any encoding
 */
record Run(int status, byte[] output) {

    /** Runs it; what it writes to its standard error is ours. */
    static Run of(Path directory, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        return new Run(process.waitFor(), output);
    }

    String text() {
        return new String(output);
    }
}
