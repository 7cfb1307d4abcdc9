package dev.chassis;

import dev.chassis.ecs.EcsTask;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to think of how the platform takes the lines away. */
final class LogDriver {

    /** Two seconds of 2 MiB each, which a service in trouble writes while its log stream is throttled. */
    private static final long LEAST_BUFFER = 4L << 20;

    /** As Docker reads sizes: a number, and a power of 1024. */
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([bkmg]?)b?");

    private LogDriver() {}

    /**
     * A driver that drops lines when its buffer is full, with a small buffer. The default of ECS is that mode since 25 June 2025, unless the
     * account says otherwise ({@code defaultLogDriverMode}).
     */
    static List<String> misfits(EcsTask.Container container) {
        Map<String, String> options = container.logOptions();
        String mode = options.getOrDefault("mode", "");
        if (container.logDriver().isEmpty()
                || mode.equals("blocking")
                || container.logDriver().equals("awsfirelens")) {
            return List.of();
        }
        String size = options.getOrDefault("max-buffer-size", "");
        String start =
                "log driver " + container.logDriver() + (mode.isEmpty() ? " without a mode" : " in mode " + mode);
        if (size.isEmpty()) {
            return List.of(
                    start + " and without max-buffer-size drops lines unseen (set mode and max-buffer-size=25m)");
        }
        return bytes(size) >= LEAST_BUFFER
                ? List.of()
                : List.of(start + " and max-buffer-size=" + size + " drops lines unseen (expected: at least 4m)");
    }

    /** 0 for what is no size, which is not enough. */
    private static long bytes(String size) {
        Matcher matcher = SIZE.matcher(size.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return 0;
        }
        int shift = switch (matcher.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        return Long.parseLong(matcher.group(1)) << shift;
    }
}
