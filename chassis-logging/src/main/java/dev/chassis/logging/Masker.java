package dev.chassis.logging;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Takes secrets out of what is written: the values of {@link SecretNames secret names}, and in any text what looks like one of them with its
 * value, a card number, a JSON web token, a key of AWS, or the password of a URL. In time linear in the text, whatever the text is. Used
 * by one thread at a time.
 */
final class Masker {

    static final String MASK = "***";

    private static final int KNOWN = 1_024;
    private static final int SHORTEST_CARD = 12;
    private static final int SHORTEST_TOKEN = 20;
    private static final int SHORTEST_SCHEME = 6;
    private static final byte DIGIT = 1;
    private static final byte WORD = 2;
    private static final byte SEPARATOR = 4;
    private static final byte[] KINDS = kinds();

    private final SecretNames names;
    private final NamedSecrets named;
    private final Map<String, Boolean> known = new HashMap<>();

    /** Masks also fields with these names. */
    Masker(Set<String> moreNames) {
        names = new SecretNames(moreNames);
        named = new NamedSecrets(names);
    }

    /** Whether the value of a field of this name is a secret. */
    boolean isSecret(String name) {
        Boolean verdict = known.get(name);
        if (verdict == null) {
            if (known.size() == KNOWN) {
                known.clear(); // names made at run time must not fill the memory
            }
            verdict = names.contains(name);
            known.put(name, verdict);
        }
        return verdict;
    }

    /** The text without its secrets; most often the text itself. */
    String mask(String text) {
        int digits = 0;
        int run = 0;
        int longest = 0;
        int kinds = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int kind = c < KINDS.length ? KINDS[c] : 0;
            kinds |= kind;
            digits += kind & DIGIT;
            run = (kind & (WORD | DIGIT)) == 0 ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        return masked(text, digits, longest, (kinds & SEPARATOR) != 0);
    }

    private String masked(String text, int digits, int longestRun, boolean separators) {
        String masked = text;
        if (separators || longestRun >= SHORTEST_SCHEME && text.contains("earer ")) {
            masked = named.mask(masked);
        }
        if (longestRun >= SHORTEST_TOKEN) {
            masked = Tokens.mask(masked);
        }
        return digits >= SHORTEST_CARD ? CardNumbers.mask(masked) : masked;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (char c = 0; c < kinds.length; c++) {
            kinds[c] = c >= '0' && c <= '9' ? DIGIT : Tokens.isPart(c) ? WORD : 0;
        }
        kinds['='] = SEPARATOR;
        kinds[':'] = SEPARATOR;
        return kinds;
    }
}
