package dev.chassis.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/**
 * Tells throwables apart by where they come from. Messages do not count: they name what failed this time.
 */
final class StackHash {

    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long FNV_BASIS = 0xcbf29ce484222325L;

    private StackHash() {}

    /** Cheap, and good within this process: the same place in the code gives the same number. */
    static long quick(IThrowableProxy error) {
        long hash = FNV_BASIS;
        for (IThrowableProxy next = error; next != null; next = next.getCause()) {
            hash = hash * FNV_PRIME + next.getClassName().hashCode();
            StackTraceElementProxy[] frames = next.getStackTraceElementProxyArray();
            for (int i = 0; i < frames.length - next.getCommonFrames(); i++) {
                StackTraceElement frame = frames[i].getStackTraceElement();
                // all of them remember their hash code
                hash = hash * FNV_PRIME + frame.getClassName().hashCode();
                hash = hash * FNV_PRIME + frame.getMethodName().hashCode();
                hash = hash * FNV_PRIME + frame.getLineNumber();
            }
        }
        return hash;
    }

    /**
     * The same in every process and release as long as types and methods keep their names: 16 hexadecimal digits of FNV-1a over the types of
     * the chain and the classes and methods of the frames, without lines and without what is generated.
     */
    static String stable(IThrowableProxy error) {
        long hash = FNV_BASIS;
        for (IThrowableProxy next = error; next != null; next = next.getCause()) {
            hash = add(hash, next.getClassName());
            StackTraceElementProxy[] frames = next.getStackTraceElementProxyArray();
            for (int i = 0; i < frames.length - next.getCommonFrames(); i++) {
                StackTraceElement frame = frames[i].getStackTraceElement();
                if (!FrameNames.isReflection(frame)) {
                    hash = add(hash, FrameNames.stable(frame.getClassName()));
                    hash = add(hash, FrameNames.stable(frame.getMethodName()));
                }
            }
        }
        return String.format("%016x", hash);
    }

    private static long add(long hash, String text) {
        long result = hash;
        for (int i = 0; i < text.length(); i++) {
            result = (result ^ text.charAt(i)) * FNV_PRIME;
        }
        return (result ^ '\n') * FNV_PRIME;
    }
}
