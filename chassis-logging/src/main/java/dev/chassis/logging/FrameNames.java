package dev.chassis.logging;

import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.List;

/** What the name of a frame says about it. */
final class FrameNames {

    private static final List<String> LIBRARIES = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "io.netty.",
            "io.lettuce.",
            "reactor.",
            "com.zaxxer.hikari.",
            "com.rabbitmq.client.impl.",
            "com.hazelcast.",
            "org.junit.",
            "org.apache.maven.surefire.");
    private static final List<String> REFLECTION =
            List.of("jdk.internal.reflect.", "java.lang.reflect.", "java.lang.invoke.", "sun.reflect.");

    private FrameNames() {}

    /** How many frames from here on belong to the platform or to well-known libraries. */
    static int librariesFrom(StackTraceElementProxy[] frames, int from, int end) {
        int i = from;
        while (i < end && startsWithAny(className(frames[i]), LIBRARIES)) {
            i++;
        }
        return i - from;
    }

    /** Whether the frame comes and goes between two runs of the same code: the JVM changes how it calls reflectively. */
    static boolean isReflection(StackTraceElement frame) {
        return startsWithAny(frame.getClassName(), REFLECTION);
    }

    /** The name without what is numbered anew in every run: lambdas, proxies, hidden classes. */
    static String stable(String name) {
        int end = name.length();
        int generated = name.indexOf("$$");
        if (generated >= 0) {
            end = generated;
        }
        int hidden = name.indexOf('/');
        if (hidden >= 0) {
            end = Math.min(end, hidden);
        }
        while (end > 0 && (Character.isDigit(name.charAt(end - 1)) || name.charAt(end - 1) == '$')) {
            end--;
        }
        return name.substring(0, end);
    }

    private static boolean startsWithAny(String name, List<String> prefixes) {
        for (int i = 0; i < prefixes.size(); i++) {
            if (name.startsWith(prefixes.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static String className(StackTraceElementProxy frame) {
        return frame.getStackTraceElement().getClassName();
    }
}
