package dev.chassis.context;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code X-Amzn-Trace-Id: Root=1-<8 hex>-<24 hex>}, which a load balancer of AWS adds, often without a parent
 * (<a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html">Request tracing</a>).
 */
final class XrayHeader {

    private static final String ROOT = "Root=1-";
    private static final int TIME_LENGTH = 8;
    private static final int ROOT_LENGTH = 35;

    private XrayHeader() {}

    /** The root, {@code 1-<8 hex>-<24 hex>}; null if the header has none that is valid. */
    static @Nullable String root(String header) {
        int at = header.indexOf(ROOT);
        int from = at + ROOT.length() - 2;
        int end = from + ROOT_LENGTH;
        if (at < 0 || at > 0 && header.charAt(at - 1) != ';' && header.charAt(at - 1) != ' ' || end > header.length()) {
            return null;
        }
        String root = header.substring(from, end);
        boolean valid = CorrelationHeaders.isHex(root, 2, 2 + TIME_LENGTH)
                && root.charAt(2 + TIME_LENGTH) == '-'
                && CorrelationHeaders.isHex(root, 3 + TIME_LENGTH, ROOT_LENGTH)
                && (end == header.length() || header.charAt(end) == ';')
                && (CorrelationHeaders.isNonZeroHex(root, 2, 2 + TIME_LENGTH)
                        || CorrelationHeaders.isNonZeroHex(root, 3 + TIME_LENGTH, ROOT_LENGTH));
        return valid ? root : null;
    }

    /** A root without its hyphens is a trace id of W3C. */
    static String traceId(String root) {
        return root.substring(2, 2 + TIME_LENGTH).concat(root.substring(3 + TIME_LENGTH));
    }
}
