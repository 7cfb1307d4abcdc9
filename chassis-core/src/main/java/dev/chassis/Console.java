package dev.chassis;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is meant for the person who typed the command, as opposed to the log. */
final class Console {

    private Console() {}

    static void print(CharSequence text) {
        write(FileDescriptor.out, text);
    }

    static void error(CharSequence text) {
        write(FileDescriptor.err, text);
    }

    private static void write(FileDescriptor target, CharSequence text) {
        PrintStream stream = new PrintStream(new FileOutputStream(target), true, StandardCharsets.UTF_8);
        stream.append(text).append('\n').flush(); // not closed: the descriptor is the process's
    }
}
