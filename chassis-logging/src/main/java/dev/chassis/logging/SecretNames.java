package dev.chassis.logging;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Names whose values nobody may read: {@code password}, {@code accessToken}, {@code X-Api-Key}. Immutable. */
final class SecretNames {

    /** Longer names are not looked at: the time to look for one is bounded. */
    static final int MAX_LENGTH = 64;

    private static final List<String> PARTS = List.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "credential",
            "authorization",
            "apikey",
            "accesskey",
            "privatekey",
            "cookie",
            "cardnumber",
            "token",
            "jwt");
    private static final Set<String> WHOLE = Set.of("pwd", "pass", "pin", "pan", "cvv", "cvv2", "cvc", "cvc2", "auth");

    /** About secrets, and none themselves; the last one is before an action of AWS in a policy, {@code secretsmanager:GetSecretValue}. */
    private static final Set<String> HARMLESS = Set.of(
            "tokens",
            "tokencount",
            "tokentype",
            "tokenttl",
            "tokenexpiry",
            "tokenexpiresin",
            "maxtokens",
            "secretsmanager");

    private final List<String> parts;

    /** The known ones, and those that contain one of these, in any case and with any separators. */
    SecretNames(Set<String> more) {
        parts = Stream.concat(
                        PARTS.stream(), more.stream().map(SecretNames::plain).filter(part -> !part.isEmpty()))
                .toList();
    }

    boolean contains(String name) {
        String plain = plain(name);
        if (WHOLE.contains(plain)) {
            return true;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (plain.contains(parts.get(i))) {
                return !HARMLESS.contains(plain);
            }
        }
        return false;
    }

    /** Letters and digits in lower case. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(c);
            }
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }
}
