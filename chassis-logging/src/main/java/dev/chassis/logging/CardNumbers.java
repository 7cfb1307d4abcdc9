package dev.chassis.logging;

/**
 * Finds numbers of payment cards: 12 to 19 digits, also in groups with a space or a hyphen between, that begin as an issuer's do
 * (ISO/IEC 7812) and whose last digit is right (Luhn's formula). A group is looked at from its first digit on, for 19 digits at most, so
 * that the time is linear. {@link RandomIds} are none.
 */
final class CardNumbers {

    private static final int SHORTEST = 12;
    private static final int LONGEST = 19;

    private CardNumbers() {}

    static String mask(String text) {
        Redaction redaction = new Redaction(text);
        int i = 0;
        while (i < text.length()) {
            if (!isDigit(text, i)) {
                i++;
                continue;
            }
            int end = end(text, i);
            if (end > 0 && !RandomIds.cover(text, i)) {
                redaction.mask(i, end);
                i = end;
            } else {
                i = endOfGroup(text, i);
            }
        }
        return redaction.result();
    }

    /** Where the longest card number that begins here ends; -1 if none does. */
    private static int end(String text, int from) {
        int[] digits = new int[LONGEST];
        int count = 0;
        int end = -1;
        int i = from;
        while (count < LONGEST && isDigit(text, i)) {
            digits[count++] = text.charAt(i++) - '0';
            boolean groupEnds = !isDigit(text, i);
            if (groupEnds && count >= SHORTEST && isIssued(digits, count) && isLuhn(digits, count)) {
                end = i;
            }
            if (groupEnds && isDigit(text, i + 1) && (text.charAt(i) == ' ' || text.charAt(i) == '-')) {
                i++;
            }
        }
        return end;
    }

    private static int endOfGroup(String text, int from) {
        int i = from;
        while (isDigit(text, i)) {
            i++;
        }
        return i;
    }

    private static boolean isDigit(String text, int i) {
        return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    /** Visa, Mastercard, American Express, Diners, JCB, Discover, UnionPay, Maestro: wide rather than narrow. */
    private static boolean isIssued(int[] digits, int count) {
        int two = 10 * digits[0] + digits[1];
        return switch (digits[0]) {
            case 2 -> count == 16 && two >= 22 && two <= 27;
            case 3 -> count >= 14 && (two == 30 || two == 34 || two >= 35 && two <= 39);
            case 4 -> count == 13 || count == 16 || count == 19;
            case 5 -> two <= 55 ? count == 16 || two == 50 : two >= 56;
            case 6 -> count >= 12;
            default -> false;
        };
    }

    private static boolean isLuhn(int[] digits, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits[count - 1 - i];
            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
