package dev.chassis.config;

import dev.chassis.config.ParameterStore.Kind;
import dev.chassis.config.ParameterStore.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expressions that name parameters, in the text of a value. SmallRye would take <code>${ssm:/x}</code> for the key {@code ssm} with a
 * default: each is made an expression of a key that nobody else can set, and SmallRye does the rest.
 */
final class ParameterText {

    private static final String KEY = "\u0001parameter ";
    private static final String MEANT = ":${";
    private static final String STOOD_FOR = "\u0002\u0003\u0004";

    private ParameterText() {}

    private static boolean mayHave(String text) {
        return text.contains("${ssm:") || text.contains("${secret:");
    }

    /** Whether a text is one such expression and nothing else. */
    static boolean isOne(String text) {
        return mayHave(text)
                && text.indexOf('}') == text.length() - 1
                && Forms.EXPRESSION.matcher(text).matches();
    }

    /** What is written between the braces of each, in order. */
    static List<String> in(String text) {
        if (!mayHave(text)) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        Matcher expressions = Forms.EXPRESSION.matcher(text);
        while (expressions.find()) {
            found.add(expressions.group(1));
        }
        return found;
    }

    /** What it refers to. */
    static Optional<Reference> reference(String written) {
        Matcher parameter = Forms.PARAMETER.matcher(written);
        if (parameter.matches()) {
            return Optional.of(new Reference(Kind.SSM, parameter.group(1), ""));
        }
        Matcher secret = Forms.SECRET.matcher(written);
        return secret.matches()
                ? Optional.of(
                        new Reference(Kind.SECRET, secret.group(1), secret.group(2) == null ? "" : secret.group(2)))
                : Optional.empty();
    }

    /** The text with expressions of keys instead. */
    static String withKeys(String text) {
        return mayHave(text)
                ? Forms.EXPRESSION
                        .matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                "${" + KEY + exchanged(found.group(1), MEANT, STOOD_FOR) + "}"))
                : text;
    }

    static boolean isKey(String name) {
        return name.startsWith(KEY);
    }

    /** What was written where this key now stands. */
    static String written(String key) {
        return exchanged(key.substring(KEY.length()), STOOD_FOR, MEANT);
    }

    private static String exchanged(String text, String from, String to) {
        String exchanged = text;
        for (int i = 0; i < from.length(); i++) {
            exchanged = exchanged.replace(from.charAt(i), to.charAt(i));
        }
        return exchanged;
    }

    /** Compiled when a text may have one; most services have none. */
    private static final class Forms {

        /** A backslash or a second dollar before it make it plain text, as SmallRye has it. Without a closing brace it goes to the end. */
        static final Pattern EXPRESSION = Pattern.compile("(?<![\\\\$])\\$\\{((?:ssm|secret):[^}]*)}?");

        /** Names, names with a version or a label, and ARNs; Parameter Store and Secrets Manager allow these characters. */
        static final Pattern PARAMETER = Pattern.compile("ssm:([\\w./:-]+)");

        static final Pattern SECRET = Pattern.compile("secret:([\\w/+=.@:-]+)(?:#([^{$]+))?");

        private Forms() {}
    }
}
