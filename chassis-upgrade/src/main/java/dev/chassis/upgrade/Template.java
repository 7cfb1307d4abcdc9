package dev.chassis.upgrade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Generates what a version of the template makes of the answers, with the Maven of the path and its settings. */
final class Template {

    private static final String PLUGIN = "org.apache.maven.plugins:maven-archetype-plugin:3.4.1:generate";

    private Template() {}

    /**
     * The directory of the generated service, within {@code into}, which exists and is empty.
     *
     * @throws Refused if Maven fails; it has said why
     */
    static Path generate(Answers answers, String version, Path into, List<String> maven)
            throws IOException, InterruptedException {
        String[] archetype = answers.archetype().split(":");
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", PLUGIN));
        command.add("-DarchetypeGroupId=" + archetype[0]);
        command.add("-DarchetypeArtifactId=" + archetype[1]);
        command.add("-DarchetypeVersion=" + version);
        answers.values().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(maven);
        Run run = Run.of(into, command);
        if (run.status() != 0) {
            throw new Refused(run.text() + "\nthe template of version " + version
                    + " cannot be generated; Maven says why, above");
        }
        return into.resolve(answers.values().getOrDefault("artifactId", ""));
    }
}
