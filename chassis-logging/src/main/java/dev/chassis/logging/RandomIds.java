package dev.chassis.logging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds ids that are drawn at random, among which some look like a card's number: of a span or a session (16 hexadecimal digits) and of a
 * trace (32, W3C Trace Context, section 3.2.2), with a letter among them and by themselves, and UUIDs (RFC 9562, section 4). Of random UUIDs
 * one in a thousand would be masked, of ids of spans one in three thousand.
 */
final class RandomIds {

    private static final int LONGEST = 36;
    private static final Pattern ID = Pattern.compile("(?<![0-9A-Za-z])"
            + "(?:\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}"
            + "|(?=[0-9]{0,31}[A-Fa-f])\\p{XDigit}{16}(?:\\p{XDigit}{16})?)"
            + "(?![0-9A-Za-z])");

    private RandomIds() {}

    /** Whether what stands there is part of one. In time that does not depend on the text. */
    static boolean cover(String text, int at) {
        Matcher ids = ID.matcher(text);
        ids.region(Math.max(0, at - LONGEST), Math.min(text.length(), at + LONGEST));
        ids.useTransparentBounds(true); // what is before and behind counts, too
        while (ids.find()) {
            if (ids.start() <= at && at < ids.end()) {
                return true;
            }
        }
        return false;
    }
}
