package dev.chassis.upgrade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service was generated from, as its {@code .chassis/answers.json} says: one object of texts, so that no JSON library is needed.
 *
 * @param archetype group and artifact of the template
 * @param version the template's version
 * @param values the answers, in the order in which they were given
 */
record Answers(String archetype, String version, Map<String, String> values) {

    static final String FILE = ".chassis/answers.json";

    private static final Pattern MEMBER = Pattern.compile("\"([^\"\\\\]+)\"\\s*:\\s*\"([^\"\\\\]*)\"");
    private static final Pattern TEMPLATE = Pattern.compile("([^:]+:[^:]+):([^:]+)");

    /**
     * Reads them.
     *
     * @throws Refused if the directory has none, or they name no template
     */
    static Answers of(Path service) throws IOException {
        Path file = service.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new Refused(
                    "there is no " + FILE + " in " + service + " (expected: the directory of a generated service)");
        }
        Map<String, String> members = new LinkedHashMap<>();
        Matcher member = MEMBER.matcher(Files.readString(file));
        while (member.find()) {
            members.put(member.group(1), member.group(2));
        }
        String named = members.remove("template");
        Matcher template = TEMPLATE.matcher(named == null ? "" : named);
        if (!template.matches()) {
            throw new Refused(FILE + ": template: \"" + named + "\" (expected: group:artifact:version)");
        }
        return new Answers(template.group(1), template.group(2), Map.copyOf(members));
    }
}
