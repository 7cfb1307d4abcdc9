package dev.chassis.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import org.jspecify.annotations.Nullable;

/**
 * Names as CloudWatch takes them, whatever the way: printable ASCII of limited length, where anything else becomes an underscore, and no colon at
 * the beginning of a name. CloudWatch refuses a call for one that is not, with everything else in it. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html">what a dimension may be</a>
 */
public final class CloudWatchNaming implements NamingConvention {

    private static final int MAX_NAME = 255;
    private static final int MAX_VALUE = 1024;

    @Override
    public String name(String name, Meter.Type type, @Nullable String baseUnit) {
        return tagKey(name);
    }

    @Override
    public String tagKey(String key) {
        String ascii = ascii(key, MAX_NAME);
        return ascii.startsWith(":") ? "_" + ascii.substring(1) : ascii;
    }

    @Override
    public String tagValue(String value) {
        return ascii(value, MAX_VALUE);
    }

    private static String ascii(String text, int max) {
        StringBuilder ascii = new StringBuilder(text.substring(0, Math.min(max, text.length())));
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            if (c < ' ' || c > '~') {
                ascii.setCharAt(i, '_');
            }
        }
        return ascii.toString();
    }
}
